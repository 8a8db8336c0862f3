"""Asking the state register from a form, and what it says as plain data for the draft."""

from datetime import datetime, timedelta
from typing import Any

from bot.conversation.incoming import ErrandDone
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.sign_in import REGISTER
from domain.applicants import sex_in_name, split_name
from domain.iin import Iin, Sex
from storage.people import RegisterWords

KINDS = frozenset({REGISTER})
KNOWN, UNKNOWN, DOWN = "known", "unknown", "down"
GOOD_FOR = timedelta(days=1)


def ask(turn: Turn, iin: str) -> Screen:
    """Ask about an IIN, unless that is under way; the screen to wait at."""
    if turn.session.waiting is None:
        turn.errand(REGISTER, iin=iin)
    return Screen(turn.t("One moment, I am asking the state register."), fresh=True)


def answer(done: ErrandDone, at: datetime) -> dict[str, Any]:
    """What it says: `state`, `at` (ISO), the person if known. What can't be understood is no answer."""
    asked_at = at.isoformat()
    if done.answer is None:
        return {"state": DOWN, "at": asked_at}
    if not done.answer.get("known"):
        return {"state": UNKNOWN, "at": asked_at}
    try:
        RegisterWords.from_data(done.answer)
    except (KeyError, ValueError, TypeError, AttributeError):
        return {"state": DOWN, "at": asked_at}
    return {**done.answer, "state": KNOWN, "at": asked_at}


def asked_at(found: dict[str, Any]) -> datetime:
    """When the register said it."""
    return datetime.fromisoformat(found["at"])


def is_stale(at: str | None, now: datetime) -> bool:
    """Whether an answer of that instant (ISO) is too old to apply with (ours)."""
    return at is None or now >= datetime.fromisoformat(at) + GOOD_FOR


def is_known(found: dict[str, Any] | None) -> bool:
    """Whether the register knows the person."""
    return found is not None and found["state"] == KNOWN


def contradictions(iin: Iin, found: dict[str, Any]) -> list[str]:
    """In what the register contradicts the IIN itself: names of fields; for the department to look at."""
    words = RegisterWords.from_data(found)
    fields = []
    if words.birth_date != iin.birth_date:
        fields.append("birth_date")
    if words.sex is not iin.sex:
        fields.append("sex")
    return fields


def typed(text: str, birth_date: str, sex: Sex | None) -> dict[str, Any]:
    """A person as somebody typed the name. Raises NameMalformed."""
    surname, name, patronymic = split_name(text)
    if sex is None:
        sex = sex_in_name(surname, patronymic) or Sex.FEMALE
    return {
        "surname": surname,
        "name": name,
        "patronymic": patronymic,
        "birth_date": birth_date,
        "sex": sex.value,
        "typed": True,
    }
