"""One application: where it stands, its four steps, and what can be done with it."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import describe, title
from bot.flows.mine import steps
from bot.flows.mine.course import course_of
from bot.flows.mine.lists import archive_button
from bot.flows.mine.own import back_to, me, name_of, offered, own, own_live
from bot.flows.mine.particulars import particulars
from bot.flows.mine.twins import twins_of
from domain.application import COUNTED, LIVE, PAUSABLE, Status
from domain.claim import ClaimKind
from storage import applications, look_up, privileges
from storage.in_hand import InHand
from storage.look_up import Found


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One of the own applications, by its id."""
    return present(turn, own(turn, arguments))


def present(turn: Turn, found: Found, *, alone: bool = False) -> Screen:
    """The application whole, with the ways on. `alone`: it is known to be the parent's only live one."""
    course = course_of(turn, found)
    described = describe(turn, found, course.stands, titled=True)
    text = "\n\n".join(
        (
            "\n".join(filter(None, (name_of(turn, found), described))),
            *filter(None, (particulars(turn, found),)),
            steps.lines(turn.t, course, turn.now),
        )
    )
    live = found.status in LIVE
    rows = _of_live(turn, found, course.in_hand, alone=alone) if live else _of_ended(turn, found)
    return Screen(text, title=title(turn, found), rows=rows)


def more(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What else can be looked at, and done."""
    found = own_live(turn, arguments)
    t = turn.t
    rows: list[Row] = [
        (Button(t("History of the place"), action("moves", found.id)),),
        (Button(t("Why this age group?"), action("agegroup", found.id)),),
    ]
    if privileges.of_application(turn.tx, found.id):
        rows.append((Button(t("Privileges"), action("privileges", found.id)),))
    if found.status in PAUSABLE and found.paused_at is None:
        rows.append((Button(t("Pause"), action("pause", found.id)),))
    rows.append((Button(t("Withdraw"), action("withdraw", found.id)),))
    rows += offered(turn, t("Second parent"), "second", found.child_id)
    rows += offered(turn, t("Apply for another"), "apply", "again", found.id)
    rows += back_to(turn, found)
    text = "\n".join(filter(None, (name_of(turn, found), t("What would you like to do?"))))
    return Screen(text, title=title(turn, found), rows=tuple(rows))


def _of_live(turn: Turn, found: Found, held: InHand | None, *, alone: bool) -> tuple[Row, ...]:
    t = turn.t
    rows: list[Row] = []
    rows += _seat(turn, found, held)
    if found.paused_at is not None:
        rows.append((Button(t("Take part again"), action("goon", found.id)),))
    if found.status in COUNTED:
        rows.append((Button(t("Why did it move?"), action("why", found.id)),))
        rows.append((Button(t("The queue around"), action("around", found.id)),))
    rows.append((Button(t("More…"), action("more", found.id)),))
    rows += _twin(turn, found)
    if not alone and len(look_up.of_parent(turn.tx, me(turn))) > 1:
        rows.append((Button(t("My applications"), action("my")),))
    else:
        rows += archive_button(turn)
    rows.append((Button(t("Check another"), action("check", "new")),))
    rows.append((Button(t("Menu"), action("menu")),))
    return tuple(rows)


def _seat(turn: Turn, found: Found, held: InHand | None) -> tuple[Row, ...]:
    """The way to what is in hand; to the free places, where one may still be taken."""
    t = turn.t
    if held is not None and held.is_live(turn.now):
        if held.kind is ClaimKind.HELD:
            return ((Button(t("To the seat held"), action("hold", held.claim_id)),),)
        return ((Button(t("To my referral"), action("referral", found.id)),),)
    if found.status is Status.AWAITING_PLACE and found.paused_at is None:
        return ((Button(t("Free places"), action("places")),),)
    return ()


def _of_ended(turn: Turn, found: Found) -> tuple[Row, ...]:
    t = turn.t
    rows: list[Row] = []
    if found.status is Status.WITHDRAWN:
        rows.append((Button(t("Restore"), action("restore", found.id)),))
    rows += offered(turn, t("Join the queue"), "apply")
    rows.append((Button(t("My applications"), action("my")),))
    rows += archive_button(turn)
    rows.append((Button(t("Menu"), action("menu")),))
    return tuple(rows)


def _twin(turn: Turn, found: Found) -> tuple[Row, ...]:
    """The way to the application of the child's twin, or to applying for it with the same answers."""
    t = turn.t
    for twin in twins_of(turn.tx, me(turn), found.child_id):
        for each in applications.live_of_child(turn.tx, twin):
            return ((Button(t("The twin"), action("own", each.id)),),)
        return offered(turn, t("Apply for the twin"), "apply", "again", found.id)
    return ()
