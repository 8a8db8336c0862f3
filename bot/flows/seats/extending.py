"""Extending a referral, once: how many days, the documents, the new end at once [004]."""

from datetime import timedelta

from bot.conversation import form
from bot.conversation.actions import Outdated, number_in
from bot.conversation.form import Again, Form, Question, answer, not_by_itself
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Keys, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.document_step import DocumentStep
from bot.flows.mine.own import again, me
from bot.flows.seats import told_of_seats
from bot.flows.seats.own_claims import own_referral
from bot.flows.seats.referral import present
from bot.texts import Texts
from domain.errors import ExtensionOutOfRange, Refused
from domain.separators import without_separators
from storage.look_up import Found
from storage.seats import extending
from storage.seats.referrals import Issued

NAME, DAYS, DOCUMENTS = "extend", "days", "docs"
OFFERED = (5, 10, 20, 30)
_MOST_DIGITS = 3


def begin(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`extend:referral`: from the page of the referral, or from a notice that it ends soon."""
    issued, found = own_referral(turn, arguments)
    try:
        issued.referral.extend(1, documents=1, now=turn.now)
    except Refused as refusal:
        return present(turn, found, issued).with_note(turn.book.words(turn.t, refusal))
    return form.begin(turn, FORM, {"referral": issued.id})


def _of(turn: Turn, draft: Draft) -> tuple[Issued, Found]:
    return own_referral(turn, (str(draft["referral"]),))


def _ask_days(turn: Turn, draft: Draft) -> Screen:
    t, (issued, _) = turn.t, _of(turn, draft)
    most = issued.referral.terms.extension_days
    text = t(
        "The referral is valid through {date}. By how many calendar days is it to be longer? Choose, or type "
        "a number from 1 to {most}. It can be extended once, so choose enough.",
        date=t.day(issued.referral.last_day),
        most=most,
    )
    rows = tuple(
        (Button(t.many("{number} day", "{number} days", each), answer(NAME, DAYS, each)),)
        for each in OFFERED
        if each <= most
    )
    return Screen(text, title=t("Extension"), rows=rows, typing=True, keys=Keys.DIGITS)


def _read_days(turn: Turn, draft: Draft, content: Content) -> int:
    """So many days. Raises ExtensionOutOfRange, ReferralOver, AlreadyExtended, Again, Outdated."""
    issued, _ = _of(turn, draft)
    match content:
        case Press(action=pressed):
            days = number_in((pressed,))
            if days not in OFFERED:
                raise Outdated
        case Text(text=text):
            days = _typed(turn, draft, issued, text)
        case _:
            raise Again(_ask_days(turn, draft).with_note(turn.t("Please type it in digits.")))
    issued.referral.extend(days, documents=1, now=turn.now)
    return days


def _typed(turn: Turn, draft: Draft, issued: Issued, text: str) -> int:
    typed = text.strip()
    # A minus is no dash between digits: whoever types −1 means less than nothing.
    if typed[:1] in "-−–":
        raise ExtensionOutOfRange(issued.referral.terms.extension_days)
    digits = without_separators(typed)
    if not (digits.isascii() and digits.isdigit()):
        raise Again(_ask_days(turn, draft).with_note(turn.t("Please type it in digits.")))
    return int(digits[: _MOST_DIGITS + 1])


def _needed(t: Texts, _draft: Draft) -> str:
    return t(
        "Send what shows why more time is needed: a note of a doctor, a ticket, a certificate; as photos or "
        "a PDF. Without documents there is no extension."
    )


def _review(turn: Turn, draft: Draft) -> Screen:
    t, (issued, _) = turn.t, _of(turn, draft)
    until = issued.referral.last_day + timedelta(days=draft[DAYS])
    text = t(
        "The referral to {kindergarten} would be valid through {date} instead of {former}. It can be "
        "extended only once.",
        kindergarten=issued.kindergarten,
        date=t.day(until),
        former=t.day(issued.referral.last_day),
    )
    return Screen(text, title=t("Extension"))


def _done(turn: Turn, draft: Draft) -> Screen:
    """Longer at once. What is refused uses nothing up."""
    issued, found = _of(turn, draft)
    try:
        longer = extending.extend(turn.tx, issued.id, draft[DAYS], draft[DOCUMENTS]).issued
    except Refused as refusal:
        return present(turn, again(turn, found.id), issued).with_note(turn.book.words(turn.t, refusal))
    told_of_seats.extended(turn, found, longer)
    note = turn.t("Extended: valid through {date}.", date=turn.t.day(longer.referral.last_day))
    return present(turn, again(turn, found.id), longer).with_note(note)


_DOCUMENTS = DocumentStep(NAME, DOCUMENTS, _needed, whose=lambda turn, _: me(turn))
FORM = Form(
    NAME,
    (
        Question(
            DAYS,
            _ask_days,
            _read_days,
            name=lambda t: t("Days"),
            numbers=True,
        ),
        _DOCUMENTS.question(),
    ),
    _done,
    review=_review,
    anew=not_by_itself,
)
