"""The parent's photo [004]: sent, looked at, put in the place of the former one; fetched; taken out."""

from bot.conversation import form
from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, ErrandDone, Press, SharedFile
from bot.conversation.reply import Ask, Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.file_faults import PORTRAIT, fault_words
from bot.flows.profile import overview
from bot.flows.telling import noted
from bot.flows.tries import count_file
from bot.uploads.request import FILE, ask_for_look, write_down
from bot.uploads.verdict import Unfit
from domain.notice import Deed
from storage import file_rows, profiles

NAME, KEY = "photo", "sent"
LOOKING, TAKE_OUT = "looking", "none"


def begin(turn: Turn) -> Screen:
    """Show what is there, and ask for another."""
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t, own = turn.t, overview.own_profile(turn)
    if own.photo_file_id is None:
        text = t("Send a photo of yourself, as you would send it to a friend. Only you see it here.")
        return Screen(text, title=t("Photo"), ask=Ask.FILE)
    text = t(
        "There is a photo in your profile. A copy can be fetched for a quarter of an hour. "
        "Send another photo, and it takes the place of this one."
    )
    rows: tuple[Row, ...] = (
        (Button(t("Get a copy"), url=turn.book.file_link(own.photo_file_id, t.language)),),
        (Button(t("Take it out"), answer(NAME, KEY, TAKE_OUT)),),
    )
    return Screen(text, title=t("Photo"), rows=rows, ask=Ask.FILE, sensitivity=Sensitivity.PERSONAL)


def _read(turn: Turn, draft: Draft, content: Content) -> bool:
    """Whether there is a photo now. What the look has brought is kept, also when the form was left."""
    t = turn.t
    match content:
        case SharedFile():
            count_file(turn, overview.own_profile(turn).id)
            draft[LOOKING] = ask_for_look(turn, content, PORTRAIT)
            raise Again(Screen(t("One moment, I am looking at the photo."), ask=Ask.FILE, fresh=True))
        case ErrandDone():
            _take(turn, draft, content)
            return True
        case Press(action=pressed) if pressed == TAKE_OUT:
            _put(turn, None)
            return False
        case Press():
            raise Outdated
        case _:
            raise Again(_ask(turn, draft).with_note(t("A photo is needed here: a JPG, PNG or WebP picture.")))


def _take(turn: Turn, draft: Draft, done: ErrandDone) -> None:
    draft.pop(LOOKING, None)
    if done.answer is None:
        raise Again(_ask(turn, draft).with_note(fault_words(turn.t, done.failure, PORTRAIT)))
    try:
        _put(turn, write_down(turn.tx, done.answer, PORTRAIT))
    except Unfit as unfit:
        raise Again(_ask(turn, draft).with_note(fault_words(turn.t, unfit.fault, PORTRAIT))) from None
    left = turn.session.form
    if left is not None and left.form == NAME and not left.active:
        turn.session.form = None
        turn.say(Screen(turn.t("The photo is in your profile."), fresh=True))


def _put(turn: Turn, file_id: int | None) -> None:
    """Put it in the place of the former one, which nobody finds any more."""
    former = profiles.set_photo(turn.tx, overview.own_profile(turn).id, file_id)
    if former is not None:
        file_rows.mark_deleted(turn.tx, former)
    noted(turn, Deed.PHOTO_CHANGED)


def _done(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    note = t("The photo is in your profile.") if draft[KEY] else t("The photo is taken out.")
    return overview.screen(turn).with_note(note)


def _expects(draft: Draft, done: ErrandDone) -> bool:
    """Only the photo sent last; of one that was replaced by another nothing is heard any more."""
    return LOOKING in draft and (done.answer is None or done.answer.get("file_id") == draft[LOOKING])


FORM = Form(
    NAME,
    (
        Question(
            KEY, _ask, _read, sensitivity=Sensitivity.PERSONAL, errands=frozenset({FILE}), expects=_expects
        ),
    ),
    _done,
)
