"""The password of the cabinet [000, 004]: set, changed, removed; the cabinet locked at once.

Whoever sets or removes it shows more than a telephone left on a table: the old password, or a code to a
confirmed phone (ours). For with a password an IIN can be entered from a new phone.
"""

from bot.conversation import form
from bot.conversation.actions import Outdated, action
from bot.conversation.form import Form, not_by_itself
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import lock, new_password, password_codes
from bot.flows.cabinet import lock_button
from bot.flows.instead import Instead
from bot.flows.password_setting import remove_password, set_password
from bot.flows.password_step import PasswordStep
from bot.flows.unlock import own_cabinet, present_hash
from domain.notice import Deed
from storage import passwords

NAME, OLD = "newpass", "old"
SET, REMOVE = "set", "remove"
_BY_CODE = "code"


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Whether there is one, and what can be done about it."""
    t = turn.t
    parent_id = turn.person.parent_id
    present = passwords.of_parent(turn.tx, parent_id) if parent_id is not None else None
    rows: list[Row] = []
    if present is None:
        text = t(
            "Your cabinet has no password. With one, it closes 15 minutes after your last step in it, "
            "and nobody who takes your telephone in hand sees what is inside."
        )
        rows.append((Button(t("Set a password"), action(NAME, SET)),))
    else:
        text = t(
            "Your cabinet has had a password since {date}. It closes 15 minutes after your last step in it.",
            date=t.day(present.since),
        )
        rows.append((Button(t("Change the password"), action(NAME, SET)),))
        rows.append((Button(t("Remove the password"), action(NAME, REMOVE)),))
        rows.append((lock_button(t),))
    rows.append((Button(t("My cabinet"), action("cabinet")),))
    return Screen(text, title=t("Password"), rows=tuple(rows))


def lock_now(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """The next step in the cabinet asks for the password. Without one there is nothing to lock."""
    if not lock.has_password(turn):
        raise Outdated
    lock.shut(turn)
    return turn.book.home(turn).with_note(turn.t("The cabinet is locked."))


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Set, change or remove it: first it is shown who asks."""
    present = lock.has_password(turn)
    draft: Draft = {"me": turn.person.parent_id, "present": present}
    match arguments:
        case ("set",):
            draft["do"] = SET
        case ("remove",) if present:
            draft["do"] = REMOVE
        case _:
            raise Outdated
    if not present:
        _CODE.send(turn, draft)
    return form.begin(turn, FORM, draft)


def _ask_old(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type the present password.")
    return Screen(text, title=t("Password"), typing=True, hint=t("Present password"))


def _by_code(draft: Draft) -> bool:
    return not draft["present"] or draft.get(OLD) == _BY_CODE


def _done(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    if draft["me"] != turn.person.parent_id:
        raise Outdated
    if draft["do"] == REMOVE:
        remove_password(turn)
        return show(turn, ()).with_note(t("The password is removed."))
    set_password(turn, draft[new_password.NEW], Deed.PASSWORD_SET)
    return show(turn, ()).with_note(t("The password is set. Keep it in mind, or where nobody finds it."))


_CODE = password_codes.step(NAME)
_OLD = PasswordStep(
    NAME,
    OLD,
    ask=_ask_old,
    hashed=present_hash,
    whose=own_cabinet,
    instead=(Instead(_BY_CODE, lambda t: t("By a code instead"), then=_CODE.send),),
)
FORM = Form(
    NAME,
    (
        _OLD.question(when=lambda draft: draft["present"]),
        _CODE.question(when=_by_code),
        *new_password.questions(when=lambda draft: draft["do"] == SET),
    ),
    _done,
    anew=not_by_itself,
)
