"""Opening a locked cabinet: by its password, or by a code to the confirmed phone and a new one [000, 004]."""

from bot.conversation import form
from bot.conversation.form import Form
from bot.conversation.reply import Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.conversation.understand import resume
from bot.flows import lock, new_password, password_codes
from bot.flows.instead import Instead
from bot.flows.password_setting import set_password
from bot.flows.password_step import PasswordStep
from domain.notice import Deed
from storage import passwords

NAME, WORD = "unlock", "word"
FORGOT = "forgot"


def begin(turn: Turn) -> Screen:
    """Ask for the password; what was wanted is done afterwards."""
    return form.begin(turn, FORM, _fresh(turn))


def _fresh(turn: Turn) -> Draft:
    return {"me": turn.person.parent_id}


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Your cabinet is locked. Type its password to go on.")
    return Screen(text, title=t("Password"), typing=True, hint=t("Password"))


def present_hash(turn: Turn, _draft: Draft) -> str | None:
    """What the password of whoever is signed in has to be right for."""
    parent_id = turn.person.parent_id
    present = passwords.of_parent(turn.tx, parent_id) if parent_id is not None else None
    return present.hashed if present is not None else None


def own_cabinet(turn: Turn, _draft: Draft) -> str:
    """The cabinet whose tries are counted: that of whoever is signed in."""
    return f"parent:{turn.person.parent_id}"


def _forgot(draft: Draft) -> bool:
    return draft.get(WORD) == FORGOT


def _done(turn: Turn, draft: Draft) -> Screen:
    if turn.person.parent_id is None or turn.person.parent_id != draft["me"]:
        # Signed out while the password was typed here.
        return resume(turn)
    if _forgot(draft):
        set_password(turn, draft[new_password.NEW], Deed.PASSWORD_RESET)
    lock.keep_open(turn)
    return resume(turn).with_note(turn.t("The cabinet is open."))


_CODE = password_codes.step(NAME)
_WORD = PasswordStep(
    NAME,
    WORD,
    ask=_ask,
    hashed=present_hash,
    whose=own_cabinet,
    instead=(Instead(FORGOT, lambda t: t("Forgot the password?"), then=_CODE.send),),
)
FORM = Form(
    NAME,
    (_WORD.question(), _CODE.question(when=_forgot), *new_password.questions(when=_forgot)),
    _done,
    anew=_fresh,
)
