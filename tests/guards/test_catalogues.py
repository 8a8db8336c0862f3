"""The catalogues: whole, in three languages, and asked for in a way that the extraction can follow."""

import re
from collections.abc import Iterable
from functools import cache
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from bot.conversation.limits import WHATSAPP
from bot.flows.menu import label
from bot.texts import CATALOGUES, LANGUAGES, Texts
from tests.guards.asked_texts import BOT, ROOT, Asked, asked_in, asked_in_code, asked_in_templates

MENU = {
    "apply": {"kk": "Кезекке тұру", "ru": "Встать в очередь", "en": "Join the queue"},
    "my": {"kk": "Өтініштерім", "ru": "Мои заявления", "en": "My applications"},
    "check": {"kk": "Кезекті тексеру", "ru": "Проверить очередь", "en": "Check the queue"},
    "houses": {"kk": "Балабақшалар", "ru": "Детские сады", "en": "Kindergartens"},
    "messages": {"kk": "Хабарламалар", "ru": "Сообщения", "en": "Messages"},
    "operator": {"kk": "Оператор", "ru": "Оператор", "en": "Operator"},
    "settings": {"kk": "Баптаулар", "ru": "Настройки", "en": "Settings"},
}
TRIES = ("The code is not right. {number} try is left.", "The code is not right. {number} tries are left.")
ENDED = re.compile(r"\}['’-]?\w")

languages = pytest.mark.parametrize("language", LANGUAGES)


@cache
def catalogue(language: str) -> Catalog:
    """A catalogue as it stands in the repository."""
    with (CATALOGUES / language / "LC_MESSAGES" / "kezek.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def extracted() -> frozenset[tuple[str, ...]]:
    """What Babel finds in the code and the pages, with the words that scripts/catalogues.sh looks for."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # so it is in Babel
    found = extract_from_dir(BOT, methods, options, keywords=parse_keywords(["t", "many:1,2"]))
    return frozenset(_key(message) for _, _, message, _, _ in found)


@cache
def asked() -> tuple[Asked, ...]:
    """Every call for a text."""
    return (*asked_in_code(), *asked_in_templates())


def messages(language: str) -> list[Message]:
    """The messages of a catalogue, without its header."""
    return [message for message in catalogue(language) if message.id]


def _key(message: str | Iterable[str] | None) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message or ())


def _forms(message: Message) -> tuple[str, ...]:
    return _key(message.string) or ("",)


def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@languages
def test_a_catalogue_has_the_messages_of_the_code_and_no_others(language: str) -> None:
    known = {_key(message.id) for message in messages(language)}

    assert known == extracted()


@languages
def test_nothing_is_left_empty_or_unsure_and_nothing_old_is_kept(language: str) -> None:
    empty = [message.id for message in messages(language) if not all(_forms(message))]
    unsure = [message.id for message in catalogue(language) if message.fuzzy]

    assert (empty, unsure, list(catalogue(language).obsolete)) == ([], [], [])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_nothing_is_left_in_english(language: str) -> None:
    same = {message.id for message in messages(language) if {*_forms(message)} & {*_key(message.id)}}

    assert same == {"WhatsApp: {phone}"}


@languages
def test_a_translation_has_the_variables_of_its_message(language: str) -> None:
    wrong = [
        message.id
        for message in messages(language)
        for text in _forms(message)
        if _fields(text) != frozenset().union(*map(_fields, _key(message.id)))
    ]

    assert wrong == []


@languages
def test_no_ending_is_glued_to_a_variable(language: str) -> None:
    glued = [text for message in messages(language) for text in _forms(message) if ENDED.search(text)]

    assert glued == []


@languages
def test_a_header_names_the_language_and_its_plurals_and_nobody(language: str) -> None:
    lines = (CATALOGUES / language / "LC_MESSAGES" / "kezek.po").read_text().split("\n\n")[0].splitlines()

    assert [line.partition(":")[0] for line in lines] == [
        'msgid ""', 'msgstr ""', '"Language', '"Plural-Forms', '"MIME-Version', '"Content-Type',
        '"Content-Transfer-Encoding',
    ]  # fmt: skip
    assert catalogue(language).num_plurals == {"kk": 2, "ru": 3, "en": 2}[language]


def test_every_text_is_asked_for_by_a_sentence_written_there() -> None:
    """`t(f"…")` and `t(variable)` are found by no extraction, nor is anything inside an f-string."""
    hidden = [
        each.where for each in asked() if each.messages is None or each.in_f_string or each.without_name
    ]

    assert hidden == []


def test_every_text_that_is_asked_for_is_found_by_the_extraction() -> None:
    lost = [each.where for each in asked() if each.messages is not None and each.messages not in extracted()]

    assert lost == []


def test_every_text_is_given_the_values_that_stand_in_it() -> None:
    wrong = [
        (each.where, each.messages)
        for each in asked()
        if each.messages and each.names is not None
        if each.names != frozenset().union(*map(_fields, each.messages))
    ]

    assert wrong == []


@languages
def test_a_label_fits_the_smallest_button(language: str) -> None:
    t = Texts(language)
    labels = {t(each.messages[0]) for each in asked() if each.on_button and each.messages and not each.names}

    assert [text for text in labels if len(text) > WHATSAPP.label] == []
    assert len(labels) > len(MENU)


@pytest.mark.parametrize("item", MENU)
def test_the_menu_says_the_agreed_words(item: str) -> None:
    said = {language: label(Texts(language), item) for language in LANGUAGES}

    assert said == MENU[item]


def test_a_kazakh_place_is_awaited_in_the_words_of_the_portal() -> None:
    assert Texts("kk")("waiting for a place") == "Орын күтілуде"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", {number: f"Код дұрыс емес. Қалған мүмкіндік: {number}." for number in (0, 1, 2, 5, 21)}),
        (
            "ru",
            {
                0: "Код неверный. Осталось 0 попыток.",
                1: "Код неверный. Осталась 1 попытка.",
                2: "Код неверный. Осталось 2 попытки.",
                5: "Код неверный. Осталось 5 попыток.",
                21: "Код неверный. Осталась 21 попытка.",
            },
        ),
        (
            "en",
            {
                0: "The code is not right. You have 0 tries left.",
                1: "The code is not right. You have 1 try left.",
                2: "The code is not right. You have 2 tries left.",
                5: "The code is not right. You have 5 tries left.",
                21: "The code is not right. You have 21 tries left.",
            },
        ),
    ],
)
def test_a_number_finds_its_form(language: str, said: dict[int, str]) -> None:
    t = Texts(language)

    assert {number: t.many(*TRIES, number) for number in said} == said


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('t("A sentence")', (False, False, False)),
        ('t(f"A {kind} sentence")', (True, False, False)),
        ("turn.t(sentence)", (True, False, False)),
        ('t("A " + kind)', (True, False, False)),
        ("f\"• {t('A sentence')}\"", (False, True, False)),
        ('f"• {t(sentence)}"', (True, True, False)),
        ('texts_in(code)("A sentence")', (False, False, True)),
        ("t.many(one, other, 2)", (True, False, False)),
    ],
)
def test_the_guard_sees_what_hides_a_text(source: str, faults: tuple[bool, bool, bool]) -> None:
    [found] = asked_in(source, "here")

    assert (found.messages is None, found.in_f_string, found.without_name) == faults
