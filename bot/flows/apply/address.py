"""Where the child lives [000]: what is known is confirmed by one tap.

To a newcomer nothing is offered: anybody could say to be that one.
"""

from collections.abc import Iterator

from bot.conversation.actions import Outdated, number_in
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import child_checks
from bot.flows.apply.draft import NAME, applies
from domain.contact_details import home_address
from storage import applications, people

KEY = "address"
_MOST = 3


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    known = draft["addresses"] = _known(turn, draft)
    hint = t("Street, house, flat")
    if not known:
        return Screen(
            t("Where does the child live? Type the address."), title=t("Address"), typing=True, hint=hint
        )
    lines = [f"{n}. {turn.private(each)}" for n, each in enumerate(known, start=1)]
    text = t("Where does the child live? Choose, or type the address.") + "\n\n" + "\n".join(lines)
    rows: list[Row] = [
        (Button(t("Address {number}", number=n + 1), answer(NAME, KEY, n)),) for n in range(len(known))
    ]
    return Screen(text, title=t("Address"), rows=tuple(rows), typing=True, hint=hint)


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    match content:
        case Press(action=pressed):
            position = number_in([pressed])
            if position >= len(draft.get("addresses", ())):
                raise Outdated
            return str(draft["addresses"][position])
        case Text(text=text):
            return home_address(text)
        case _:
            raise Again(_ask(turn, draft).with_note(turn.t("Please type it.")))


def _known(turn: Turn, draft: Draft) -> list[str]:
    """Addresses to choose from, each once: the child's, the parent's, those of earlier applications."""
    return list(dict.fromkeys(each for each in _all(turn, draft) if each))[:_MOST]


def _all(turn: Turn, draft: Draft) -> Iterator[str]:
    if child_checks.is_newcomer(turn, draft):
        return
    yield (draft.get("cfound") or {}).get("address") or ""
    yield (draft.get("found") or {}).get("address") or ""
    yield people.words_of_parent(turn.tx, draft["me"]).get("address", "")
    for earlier in reversed(applications.live_of_parent(turn.tx, draft["me"])):
        yield applications.address_of(turn.tx, earlier.id) or ""


QUESTION = Question(
    KEY,
    _ask,
    _read,
    sensitivity=Sensitivity.PERSONAL,
    when=applies,
    name=lambda t: t("Address"),
)
