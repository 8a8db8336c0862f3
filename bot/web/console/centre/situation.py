"""How a conversation stands at this moment: what the bot waits for, who of the staff is on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.centre import stands
from bot.conversation.remembered import session_of
from bot.conversation.session import stand
from bot.texts import Texts
from bot.web.console.visit import Visit
from storage.centre import duty, line, presence
from storage.centre.chat import Chat, logins
from storage.centre.duty import Operator
from storage.centre.line import ASSIGNED, HelpRequest
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """`stand` is what the bot waits for, "" for nothing; `driver` talks in its stead, if anybody does.

    `question` is the one that is not closed, `assigned` who has it in hand; `late`: it has waited too long.
    `mine`, `driving`: whoever looks has it, or drives. `colleagues` could be handed the question,
    `onlookers` have the page open.
    """

    stand: str
    driver: str
    driving: bool
    question: HelpRequest | None
    assigned: str
    mine: bool
    late: bool
    colleagues: Sequence[Operator]
    onlookers: str

    @property
    def anothers(self) -> bool:
        """Somebody else has the question in hand."""
        return self.question is not None and self.question.state == ASSIGNED and not self.mine


def situation_of(tx: Transaction, visit: Visit, chat: Chat) -> Situation:
    """All of it, in the reader's language."""
    me = visit.who.staff_id
    question, driver = line.live_of(tx, chat.id), chat.driver_at(tx.now)
    assigned = question.assigned_to if question is not None else None
    names = logins(tx, {each for each in (assigned, driver) if each is not None})
    return Situation(
        stand=stands.in_words(visit.t, stand(session_of(tx, chat.id, chat.session, chat.step_token))),
        driver=names.get(driver, "") if driver is not None else "",
        driving=driver == me,
        question=question,
        assigned=names.get(assigned, "") if assigned is not None else "",
        mine=assigned == me,
        late=question is not None and question.alarms(tx.now),
        colleagues=_colleagues(tx, visit, question),
        onlookers=_onlookers(tx, visit, chat),
    )


def _colleagues(tx: Transaction, visit: Visit, question: HelpRequest | None) -> Sequence[Operator]:
    me = visit.who.staff_id
    if question is None or question.assigned_to not in (None, me):
        return ()
    found = duty.on_duty(tx, question.territory_id, visit.house.console.real_now())
    return [each for each in found if each.staff_id != me]


def _onlookers(tx: Transaction, visit: Visit, chat: Chat) -> str:
    """Who else has the page open, and who of them writes."""
    there = presence.of(tx, [chat.id], visit.house.console.real_now())
    others = [each for each in there if each.staff_id != visit.who.staff_id]
    said = [
        (writing, [each.login for each in others if each.types]),
        (looking, [each.login for each in others if not each.types]),
    ]
    return " · ".join(words(visit.t, ", ".join(names)) for words, names in said if names)


def writing(t: Texts, names: str) -> str:
    """Who writes; the page's script fills in `{names}` by itself."""
    return t("Writing now: {names}", names=names)


def looking(t: Texts, names: str) -> str:
    """Who looks; as `writing`."""
    return t("Also here: {names}", names=names)
