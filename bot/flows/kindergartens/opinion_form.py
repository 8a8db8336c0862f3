"""Writing a review: stars, a few words, a last look; and taking it away."""

from bot.conversation import form
from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import Form, Question, answer, not_by_itself
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.kindergartens import opinions, passport
from bot.flows.kindergartens.labels import LONGEST_NAME, cut
from bot.flows.kindergartens.opinions import star_line
from bot.flows.kindergartens.ways import home, passport_of
from bot.flows.mine.own import SURE, me
from domain.errors import NotEnrolledThere, ReviewFault, ReviewRefused
from domain.review import LONGEST_TEXT, STARS, review_text, stars
from storage import reviews

NAME = "housereview"
HOUSE, GIVEN, SAID = "house", "stars", "text"
NOTHING = "none"


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Begin, where a child of the parent goes there. Raises NotEnrolledThere, Outdated."""
    found = passport.named(turn, number_in(arguments))
    if not reviews.is_enrolled_there(turn.tx, me(turn), found.id):
        return opinions.page(turn, found.id).with_note(turn.book.words(turn.t, NotEnrolledThere()))
    return form.begin(turn, FORM, {HOUSE: found.id})


def drop(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Take the own review away, once that is surely meant."""
    t, found = turn.t, passport.named(turn, number_in(arguments))
    if reviews.own(turn.tx, me(turn), found.id) is None:
        raise Outdated
    if arguments[1:] != (SURE,):
        rows: tuple[Row, ...] = (
            (Button(t("Yes, take it away"), action("housedrop", found.id, SURE)),),
            (Button(t("Leave it"), action("housereviews", found.id)),),
        )
        text = t("Take your review away? You can write another one at any time.")
        return Screen(text, title=cut(found.name, LONGEST_NAME), rows=rows)
    reviews.remove(turn.tx, me(turn), found.id)
    return opinions.page(turn, found.id).with_note(t("Your review is taken away."))


def _ask_stars(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t("How many stars do you give? Five are the most. Others see no name with it.")
    rows = tuple((Button(star_line(each), answer(NAME, GIVEN, each)),) for each in reversed(STARS))
    return Screen(text, title=_title(turn, draft), rows=rows)


def _read_stars(_turn: Turn, _draft: Draft, content: Content) -> int:
    match content:
        case Press(action=given) | Text(text=given) if given.strip() in map(str, STARS):
            return stars(int(given))
        case Press():
            raise Outdated
        case _:
            raise ReviewRefused(ReviewFault.STARS)


def _ask_text(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Say in a few words what other parents should know: up to {longest} characters, without names, "
        "phone numbers and links. It is shown once our staff has looked at it.",
        longest=LONGEST_TEXT,
    )
    rows = ((Button(t("Stars alone"), answer(NAME, SAID, NOTHING)),),)
    return Screen(text, title=_title(turn, draft), rows=rows, typing=True)


def _read_text(turn: Turn, _draft: Draft, content: Content) -> str:
    match content:
        case Press(action=pressed) if pressed == NOTHING:
            return ""
        case Press():
            raise Outdated
        case Text(text=typed):
            return review_text(typed)
        case _:
            raise ReviewRefused(ReviewFault.NO_WORDS)


def _review(turn: Turn, draft: Draft) -> Screen:
    text = f"{star_line(draft[GIVEN])}\n{draft[SAID]}".rstrip()
    return Screen(text, title=_title(turn, draft))


def _done(turn: Turn, draft: Draft) -> Screen:
    """Write it. Raises NotEnrolledThere where that has changed meanwhile."""
    reviews.write(turn.tx, me(turn), draft[HOUSE], draft[GIVEN], draft[SAID])
    t = turn.t
    text = t("Thank you! Your review is kept. Others see it once our staff has looked at it.")
    seen = (Button(t("Reviews"), action("housereviews", draft[HOUSE])),)
    return Screen(text, title=_title(turn, draft), rows=(seen, passport_of(turn, draft[HOUSE]), home(turn)))


def _title(turn: Turn, draft: Draft) -> str:
    return cut(passport.named(turn, draft[HOUSE]).name, LONGEST_NAME)


FORM = Form(
    NAME,
    (
        Question(GIVEN, _ask_stars, _read_stars, name=lambda t: t("Stars"), numbers=True),
        Question(SAID, _ask_text, _read_text, name=lambda t: t("Text")),
    ),
    _done,
    review=_review,
    anew=not_by_itself,
)
