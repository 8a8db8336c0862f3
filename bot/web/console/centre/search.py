"""Finding somebody: by a number, by an IIN or a phone, by words. Nothing personal stands in an address."""

from functools import partial

import structlog
from aiohttp import web

from bot.centre import searching
from bot.centre.searching import People
from bot.flows.application_words import queue_name, status
from bot.flows.channel_names import channel_name
from bot.web.console.centre import search_words
from bot.web.console.centre.inbox_known import places_of
from bot.web.console.centre.search_words import WordsFound
from bot.web.console.fields import FieldFault, FieldWrong
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import IinRefused, PhoneRefused, ReasonBadLength, TooManyTries
from domain.iin import Iin
from domain.phone import Phone
from domain.separators import without_separators
from storage import territories
from storage.transaction import Transaction

_IIN_DIGITS, _MOST_DIGITS, _LONGEST_PERSON = 12, 18, 40
NUMBER, PERSON, WORDS = "number", "person", "words"

log = structlog.get_logger("console")


async def search(visit: Visit) -> web.Response:
    """The forms; with a number in the address, what it is of."""
    typed = visit.request.query.get(NUMBER, "").strip()
    if not typed:
        return await _page(visit, "")
    digits = without_separators(typed).removeprefix("№")
    if _names_somebody(digits):
        # No page is to stand under an address that holds it.
        raise web.HTTPSeeOther(f"{ROOT}search?done=not-a-number")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        return await _page(
            visit, NUMBER, trouble=Trouble(visit.t("Please type a whole number."), NUMBER, 422)
        )
    found = await visit.read(lambda tx: searching.by_number(tx, int(digits), visit.territories(tx)))
    return await _page(visit, NUMBER, people=found)


async def find_person(visit: Visit) -> web.Response:
    """Whoever has an IIN or a phone: for a reason, counted, and in the audit."""
    try:
        wanted = _wanted(visit.form.text(PERSON, _LONGEST_PERSON))
        if not visit.reason:
            raise FieldWrong("reason", FieldFault.MISSING)
        found = await visit.write(partial(_person, visit, wanted, visit.reason))
    except (IinRefused, PhoneRefused):
        words = visit.t("This is neither an IIN nor a mobile number: a digit is wrong.")
        return await _page(visit, PERSON, trouble=Trouble(words, PERSON, 422))
    except (FieldWrong, ReasonBadLength, TooManyTries) as error:
        if isinstance(error, TooManyTries):
            log.warning("enough searches by IIN and phone for now", staff=visit.who.staff_id)
        return await _page(visit, PERSON, trouble=trouble_of(visit.t, error))
    return await _page(visit, PERSON, people=found)


async def find_words(visit: Visit) -> web.Response:
    """What was said with these words in it."""
    try:
        found = await search_words.find(visit)
    except FieldWrong as error:
        return await _page(visit, WORDS, trouble=trouble_of(visit.t, error))
    return await _page(visit, WORDS, said=found)


def _names_somebody(digits: str) -> bool:
    """Whether an IIN or a phone was typed where a number is asked for. No number of ours looks so."""
    try:
        _wanted(digits)
    except IinRefused:
        # Mistyped, it is somebody's all but a digit.
        return True
    except PhoneRefused:
        return False
    return True


def _wanted(typed: str) -> Iin | Phone:
    digits = without_separators(typed)
    if digits.isascii() and digits.isdigit() and len(digits) == _IIN_DIGITS:
        return Iin.parse(digits)
    return Phone.parse(typed)


def _person(visit: Visit, wanted: Iin | Phone, reason: str, tx: Transaction) -> People:
    within, now = visit.territories(tx), visit.house.console.real_now()
    found, audited = searching.by_person(tx, visit.officer, wanted, reason, within, real_now=now)
    visit.audit(tx, audited)
    return found


async def _page(
    visit: Visit,
    form: str,
    *,
    people: People | None = None,
    said: WordsFound | None = None,
    trouble: Trouble | None = None,
) -> web.Response:
    """`form` is the one that was used: it stands first, with what it has found below it."""
    t = visit.t

    def around(tx: Transaction) -> tuple[object, dict[int, str]]:
        tree = territories.tree(tx)
        return places_of(tree, visit.territories(tx)), {each.id: each.name(t.language) for each in tree}

    within, names = await visit.read(around)
    return visit.page(
        "centre/search",
        trouble=trouble,
        form=form,
        typed=visit.request.query.get(NUMBER, ""),
        people=people,
        said=said,
        within=within,
        names=names,
        queue_name=partial(queue_name, t),
        status_of=partial(status, t),
        channel_name=partial(channel_name, t),
        longest_words=search_words.LONGEST,
    )


PAGES = (
    Page("GET", "search", search, May.SEARCH_PEOPLE),
    Page("POST", "search/person", find_person, May.SEARCH_PEOPLE),
    Page("POST", "search/words", find_words, May.SEARCH_PEOPLE),
)
