"""What else there is to say of an application, each in a kind sentence of its own."""

from collections.abc import Iterator

from bot.conversation.turn import Turn
from bot.flows.application_words import class_name
from bot.flows.apply.instruction import names
from bot.flows.apply.told import way_name
from bot.flows.mine.own import me
from bot.flows.mine.privilege_states import latest, state_in_words
from bot.texts import LANGUAGES, Texts
from domain.application import LIVE, PauseCause, QueueClass, Status
from domain.privilege import PrivilegeState
from storage import applications, people, privileges
from storage.applications import Application
from storage.look_up import Found


def particulars(turn: Turn, found: Found) -> str:
    """Class with its reasons, languages, ways of telling; what is unusual, and what it means."""
    whole = applications.find(turn.tx, found.id)
    if whole is None:
        return ""
    return "\n".join((*_class(turn, found), *_chosen(turn, whole), *_unusual(turn.t, whole)))


def _class(turn: Turn, found: Found) -> Iterator[str]:
    t = turn.t
    yield t("Class: {name}", name=class_name(t, found.queue_class))
    named = latest(privileges.of_application(turn.tx, found.id))
    confirmed = any(each.privilege.state is PrivilegeState.CONFIRMED for each in named)
    if found.queue_class is not QueueClass.GENERAL and not confirmed:
        yield t("A confirmed privilege puts the application into this class.")
    for each in named:
        state = state_in_words(t, each, turn.now)
        yield f"• {state}"


def _chosen(turn: Turn, whole: Application) -> Iterator[str]:
    t = turn.t
    yield t("Language of the group: {languages}", languages=names(t, whole.languages))
    if whole.status in LIVE:
        told = people.notices_of(turn.tx, me(turn))
        yield t("News: {way}, {language}", way=way_name(t, told.way), language=LANGUAGES[told.language])


def _unusual(t: Texts, whole: Application) -> Iterator[str]:
    if whole.status is Status.AGED_OUT:
        yield after_the_queue(t)
    if whole.status not in LIVE:
        return
    if whole.unverified:
        yield t(
            "ℹ Your data are still being compared with the state register. "
            "Meanwhile the application counts like any other, and you need do nothing."
        )
    if whole.status is Status.SUSPENDED:
        yield t(
            "ℹ The stop-list: a referral was not used in time, so no seat can be taken for a while. "
            "The date is not lost: afterwards the application comes back to its place by itself."
        )
    if whole.paused_at is not None:
        yield _paused(t, whole)


def after_the_queue(t: Texts) -> str:
    """What there is for a child who is too old for the queue."""
    return t(
        "ℹ For a child of this age there are the pre-school classes of schools; the education department "
        "tells you about them."
    )


def _paused(t: Texts, whole: Application) -> str:
    date = t.day(whole.paused_at) if whole.paused_at is not None else ""
    if whole.pause_reason == PauseCause.BY_SILENCE.value:
        return t(
            "ℹ Paused on {date}, as several chances passed without an answer. Nothing is lost: "
            "place and date stay, and one tap brings it back.",
            date=date,
        )
    return t(
        "ℹ Paused by a parent on {date}: no seats are offered meanwhile. Place and date stay, and one tap "
        "brings it back.",
        date=date,
    )
