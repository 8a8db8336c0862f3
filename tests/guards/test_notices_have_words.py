"""Whatever parents are told, and whatever is written into their journal, has words in every language."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.conversation.limits import PROFILES
from bot.conversation.reply import Button, Screen
from bot.flows import journal_words, notice_words
from bot.flows.messages.journal import PAGE
from bot.texts import LANGUAGES, texts_in
from domain.notice import Deed, Told
from storage import journal
from storage.journal import Entry
from tests.conversation.measuring import faults_of

AT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
FACTS = {
    "number": 1200300401,
    "place": 36,
    "application": 2**62,
    "class": 1,
    "privilege": "large_family",
    "name": "Александра-Виктория А.",
    "child": "Александра-Виктория-Анна",
    "channel": "webchat",
    "when": AT.isoformat(),
    "until": AT.isoformat(),
    "stopped_until": AT.isoformat(),
    "reason": "сұрақ",
    "joining": 2**62,
    "old": "01",
    "phone": "42",
    "new": "02",
    "fields": ["surname", "birth_date"],
    "role": "department",
    "referral": 1200300402,
    "kindergarten": "№ 17 «Балдырған» бөбекжай-балабақшасы",
    "group": "Солнечные лучики",
    "address": "Бекзат Саттарханов даңғылы, 18",
    "through": "2026-11-27",
    "starts_on": "2026-11-27",
    "referred": True,
    "claim": 2**62,
    "what": "referral",
    "began": AT.isoformat(),
    "ended": AT.isoformat(),
    "extend": 2**62,
    "calendar": 2**62,
    "house": 2**62,
}
_OF_ONE = {
    "application": 2**62,
    "number": 1200300401,
    "child": "Александра-Виктория-Анна",
    "since": AT.isoformat(),
    "before": 20136,
    "after": 20141,
    "reasons": [
        {"kind": kind, "class": of, "count": 1204, "places": 1205, "own": False}
        for kind, of in (("joined", 0), ("joined", 1), ("returned", 0), ("reclassified", 0), ("referred", 0))
    ],
    "place": 36,
    "mark": 50,
}
_OF_A_LIST = {
    "town": {"kk": "Түркістан", "ru": "Туркестан"},
    "seats": 22,
    "houses": ["№ 17 «Балдырған» бөбекжай-балабақшасы"] * 3,
    "more_houses": 4,
    "opens": AT.isoformat(),
    "everyone": AT.isoformat(),
    "alerts": [2**62],
    "digits": "0101",
}
FACTS |= {"items": [_OF_ONE] * 6, **_OF_A_LIST}
"""Whatever a notice may need to know. What only some have, makes them say more."""
FEWER = {key: FACTS[key] for key in FACTS if key not in ("place", "stopped_until", "name", "class")}
FEWER |= {"more_houses": 0, "alerts": [], "items": [_OF_ONE | {"child": "", "place": 1, "mark": 1}]}
TOLD_OPENLY = {
    *("privilege", "channel", "role", "what", "old", "phone", "new", "digits", "fields"),
    *(
        "when",
        "until",
        "stopped_until",
        "through",
        "starts_on",
        "began",
        "ended",
        "opens",
        "everyone",
        "since",
    ),
    *("kindergarten", "group", "address", "houses", "town", "reasons"),
}
"""Facts that are nobody's own words: codes, days, last digits, what is public of a kindergarten."""
WRITTEN = "Тілектің сөзі: Әйгерім Сапарова"
TWO = ((Button("All messages", "messages"),), (Button("Menu", "menu"),))
languages = pytest.mark.parametrize("language", LANGUAGES)


def told_in(language: str) -> Iterator[tuple[Told, str]]:
    """Every notice in words, with all facts and with fewer."""
    t = texts_in(language)
    for kind in Told:
        for facts in (FACTS, FACTS | {"other": True, "doubted": True}, FEWER | {"name": ""}):
            yield kind, notice_words.in_words(t, kind, facts)


@languages
def test_every_notice_has_words(language: str) -> None:
    assert [kind for kind, words in told_in(language) if not words.strip() or "{" in words] == []


@languages
@pytest.mark.parametrize("kind", Told)
def test_an_sms_names_nobody_and_leaves_no_gap(language: str, kind: Told) -> None:
    said = notice_words.by_sms(texts_in(language), kind, FACTS)

    assert "Александра" not in said
    assert not [gap for gap in (": .", "  ", ":\n", "\n:") if gap in f"{said}\n"]
    assert not said.startswith((":", " "))


def written_by_somebody(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts, with a sentence that names somebody wherever a person may have written one."""
    return {
        name: fact
        if name in TOLD_OPENLY or not isinstance(fact, str | list)
        else WRITTEN
        if isinstance(fact, str)
        else [written_by_somebody(each) if isinstance(each, dict) else each for each in fact]
        for name, fact in facts.items()
    }


@languages
@pytest.mark.parametrize("kind", Told)
def test_an_sms_quotes_nobody_and_says_where_it_can_be_read(language: str, kind: Told) -> None:
    t, facts = texts_in(language), written_by_somebody(FACTS)

    said = notice_words.by_sms(t, kind, facts)
    quoted = notice_words.in_words(t, kind, facts | {"name": "", "child": "", "items": FACTS["items"]})

    assert WRITTEN not in said
    assert (t("Messages") in said) == (WRITTEN in quoted)


@languages
@pytest.mark.parametrize("kind", Told)
def test_every_notice_fits_every_messenger_with_its_buttons(language: str, kind: Told) -> None:
    screen = notice_words.screen_of(texts_in(language), kind, FACTS)

    assert list(faults_of(screen, PROFILES.values())) == []


@languages
def test_every_deed_has_words_of_its_own(language: str) -> None:
    t = texts_in(language)

    words = [journal_words.WORDS[what](t, {}) for what in Deed]

    assert len(set(words)) == len(words)
    assert [each for each in words if not each.strip() or "{" in each] == []


@languages
@pytest.mark.parametrize("what", Deed)
def test_a_page_of_the_longest_lines_fits_every_messenger(language: str, what: Deed) -> None:
    t = texts_in(language)
    entry = Entry(
        1,
        AT,
        journal.by_staff(1),
        what,
        "webchat",
        FACTS | {"removed": "webchat", "reason": "ұзақ " * 99},
        1,
        1200300401,
    )

    said = "\n\n".join([journal_words.line(t, entry, 7)] * PAGE)

    assert list(faults_of(Screen(said, title=t("My journal"), rows=TWO), PROFILES.values())) == []
