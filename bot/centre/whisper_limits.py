"""What an operator may prepare for a parent, by name; what is named nowhere here is forbidden.

Whatever cannot be had back, and whatever shows who somebody is, takes the parent's own hand from the first.
"""

from bot.conversation.actions import Outdated, parse
from bot.conversation.book import FORM_ACTIONS
from bot.conversation.form import Form, Question
from bot.conversation.reply import Sensitivity
from bot.flows.library import FORMS
from domain.errors import WhisperForbidden

STARTS = ("apply", "places", "check", "houses", "my", "messages")
"""Offered wherever the bot stands."""

MAY_PRESS = frozenset(
    {
        *STARTS,
        *("menu", "help", "rules", "policy", "language", "territory", "resume", "settings"),
        *("operator", "line", "addword"),
        *(
            "own",
            "more",
            "why",
            "around",
            "moves",
            "agegroup",
            "curve",
            "archive",
            "restore",
            "wanted",
            "still",
        ),
        *("goon", "privileges", "privilege", "privobject"),
        *("place", "placeset", "placenews", "take", "referrals", "referral", "bring", "calendar", "paper"),
        *("extend",),
        *("house", "housenear", "housepin", "housereviews", "housereview"),
        *("alerts", "alert", "alertadd", "alerthouse"),
        *("cabinet", "signin", "profile", "change", "children", "child", "addchild"),
        *("notice", "notices", "journal", "find", "mydata", "export", "moved"),
    }
)
NEVER = frozenset(
    {
        *("withdraw", "giveup", "letgo", "takeback", "pause", "privdrop", "housedrop", "cancel", "start"),
        *("erase", "signout", "accounts"),
        *("confirmseat", "hold"),
        *("phones", "newphone", "undo", "code", "password", "newpass", "lock"),
        *("agree", "disagree", "second", "joining", "helper", "helping"),
        *("bot", "whisper", "helped", "noanswer"),
    }
)
"""Withdrawing, giving up, letting go and erasing; the hold of a seat; phones and the password; consent, and
whom a parent lets in; whether an operator was of help. Every action of the book stands in one of the two."""

MAY_FILL = frozenset(
    {
        *("apply", "check", "child", "territory", "operator", "find", "signin"),
        *("alertnear", "placeswhere", "housefind", "housereview", "extend"),
        *("address", "email", "name", "photo"),
    }
)
NEVER_FILL = frozenset(
    {"erase", "newphone", "newpass", "undo", "unlock", "holder", "invite", "helper", "helping", "assist"}
)


def may_press(action: str) -> bool:
    """Whether a button can be suggested."""
    try:
        require_press(action)
    except WhisperForbidden:
        return False
    return True


def require_press(action: str) -> None:
    """Raises WhisperForbidden for what only the parent presses."""
    try:
        wanted = parse(action)
    except Outdated:
        raise WhisperForbidden from None
    if wanted.name not in FORM_ACTIONS:
        if wanted.name not in MAY_PRESS:
            raise WhisperForbidden
        return
    name, *rest = wanted.arguments or ("",)
    form = FORMS.get(name)
    if form is None or name not in MAY_FILL:
        raise WhisperForbidden
    if rest:
        require_answer(form, rest[0])


def require_answer(form: Form, key: str) -> Question:
    """The question of that key, if somebody else may answer it. Raises WhisperForbidden."""
    question = next((each for each in form.questions if each.key == key), None)
    # Codes and passwords are nobody's to give.
    if form.name not in MAY_FILL or question is None or question.sensitivity is Sensitivity.SECRET:
        raise WhisperForbidden
    return question
