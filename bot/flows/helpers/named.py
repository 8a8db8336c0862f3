"""The parent's side: who helps and since when; it is ended with one tap."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.helpers.ending import end
from domain.helping import Helper
from storage import helpers

NAME = "helper"


def me(turn: Turn) -> int:
    """The parent who is signed in: whoever comes this far is one."""
    assert turn.person.parent_id is not None
    return turn.person.parent_id


def of_me(turn: Turn) -> Helper | None:
    """The parent's helper, or the one who was named and can still say yes."""
    return helpers.of_parent(turn.tx, me(turn), turn.now)


def show(turn: Turn) -> Screen:
    """Who helps, or how to name somebody."""
    there, t = of_me(turn), turn.t
    if there is None:
        rows: tuple[Row, ...] = ((Button(t("Name a helper"), action(NAME, "name")),),)
        return _screen(turn, [what_it_is(turn), t("At present nobody helps you.")], rows)
    who = _who(turn, there)
    if there.helps(turn.now):
        since, until = t.day(there.confirmed_at or there.named_at), t.day(there.until)
        lines = [
            t("{name} helps you.", name=who),
            t("Since {date}, until {until} at the latest.", date=since, until=until),
        ]
        return _screen(turn, lines, ((Button(t("End it"), action(NAME, "end", there.id)),),))
    lines = [
        t("You have named a helper: {name}.", name=who),
        t(
            "Until {moment} they can say yes: they write to Kezek in a messenger of theirs, "
            "send /helper and confirm this number.",
            moment=t.moment(there.until),
        ),
    ]
    return _screen(turn, lines, ((Button(t("Take it back"), action(NAME, "end", there.id)),),))


def end_it(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One tap, and nobody looks on. Another parent's helper looks like none at all."""
    there = of_me(turn)
    if there is None or there.id != number_in(arguments):
        raise Outdated
    end(turn, there)
    return show(turn).with_note(turn.t("Ended. Nobody looks on any more."))


def what_it_is(turn: Turn) -> str:
    """What a helper sees and can't do: said before one is named."""
    return turn.t(
        "A helper is somebody you trust who has a smartphone at hand: a grandmother, a neighbour, a grown-up "
        "daughter. They see place, status and dates of your applications and are told your news. They can't "
        "apply, take a seat, withdraw or change anything, and don't see IINs, addresses, documents or phones."
    )


def _who(turn: Turn, helper: Helper) -> str:
    """What the parent calls the helper, with the phone's last digits."""
    phone = turn.private(helper.phone.masked)
    return f"{turn.private(helper.name)} ({phone})" if helper.name else phone


def _screen(turn: Turn, lines: list[str], rows: tuple[Row, ...]) -> Screen:
    t = turn.t
    rows += ((Button(t("Back"), action("cabinet")),), (Button(t("Menu"), action("menu")),))
    return Screen("\n".join(lines), title=t("Helper's phone"), rows=rows)
