"""Answers kept ready, offered in a conversation: found by a few letters, filled in for its parent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.centre.ready_blanks import Known, value
from bot.centre.ready_texts import SHIPPED
from bot.texts import DEFAULT_LANGUAGE, NUMBER_SIGN, Texts, texts_in
from domain.ready_answer import OF_APPLICATION, Blank, blanks_in, filled
from domain.spelling import folded
from storage import look_up
from storage.centre import ready_answers
from storage.centre.ready_answers import Asker, ReadyAnswer
from storage.transaction import Transaction

MOST = 12
LONGEST_QUERY = 80
_PAIR = ("kk", "ru")
_MOST_APPLICATIONS = 6
_OWN = "own-"


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer as it is offered: `text` is the one in the conversation's language.

    `missing` is what could not be filled in; then it stands in its braces still, and must not be sent so.
    `application_id` is the one it is about, where the family has several.
    """

    key: str
    name: str
    text_kk: str
    text_ru: str
    text: str
    missing: tuple[Blank, ...]
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """One before it is filled in: its texts by language."""

    key: str
    name: str
    texts: dict[str, str]
    names: tuple[str, ...]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return tuple(dict.fromkeys(each for text in self.texts.values() for each in blanks_in(text)))


def offered(tx: Transaction, t: Texts, conversation_id: int, query: str) -> list[Ready]:
    """Those that fit what was typed, the best first, named in the operator's language `t`.

    Where the family has several applications, one about an application is offered for each of them.
    """
    asker = ready_answers.asker_of(tx, conversation_id)
    if asker is None:
        return []
    found = list(_matching(_kept(tx, t, asker), query))[:MOST]
    return list(_for_each(tx, asker, found))


def one(
    tx: Transaction, t: Texts, conversation_id: int, key: str, application_id: int | None
) -> Ready | None:
    """The one of this key, about this application; None where it is not offered there."""
    asker = ready_answers.asker_of(tx, conversation_id)
    if asker is None:
        return None
    found = [each for each in _kept(tx, t, asker) if each.key == key]
    about = (each for each in _for_each(tx, asker, found) if each.application_id == application_id)
    return next(about, None)


def _kept(tx: Transaction, t: Texts, asker: Asker) -> Iterator[_Kept]:
    for own in ready_answers.good_in(tx, asker.territory_id):
        yield _of_staff(own)
    for key, each in SHIPPED.items():
        texts = {language: each.text(texts_in(language)) for language in (*_PAIR, "en")}
        names = tuple(each.name(texts_in(language)) for language in texts)
        yield _Kept(key, each.name(t), texts, names)


def _of_staff(own: ReadyAnswer) -> _Kept:
    words = own.wording
    texts = {"kk": words.text_kk, "ru": words.text_ru}
    return _Kept(f"{_OWN}{own.id}", words.name, texts, (words.name,))


def _matching(kept: Iterator[_Kept], query: str) -> Iterator[_Kept]:
    """Every word of the query stands in the names or the texts; those named so come first."""
    wanted = folded(query[:LONGEST_QUERY]).split()
    ranked: list[list[_Kept]] = [[], [], []]
    for each in kept:
        names = folded(" ".join(each.names))
        whole = f"{names} {folded(' '.join(each.texts.values()))}"
        if not all(word in whole for word in wanted):
            continue
        begins = any(folded(name).startswith(" ".join(wanted)) for name in each.names)
        named = all(word in names for word in wanted)
        ranked[0 if begins else 1 if named else 2].append(each)
    for group in ranked:
        yield from group


def _for_each(tx: Transaction, asker: Asker, found: Sequence[_Kept]) -> Iterator[Ready]:
    live = look_up.of_parent(tx, asker.parent_id) if asker.parent_id is not None else ()
    only = live[0] if len(live) == 1 else None
    family = Known(tx, asker.territory_id if only is None else only.territory_id, only)
    several = [Known(tx, each.territory_id, each) for each in live[:_MOST_APPLICATIONS]]
    for each in found:
        if only is not None or not live or OF_APPLICATION.isdisjoint(each.blanks):
            yield _filled(asker, each, family)
            continue
        for known in several:
            yield _about(known, _filled(asker, each, known))


def _about(known: Known, ready: Ready) -> Ready:
    assert known.application is not None
    name = f"{ready.name} · {NUMBER_SIGN}{known.application.number}"
    return replace(ready, name=name, application_id=known.application.id)


def _filled(asker: Asker, kept: _Kept, known: Known) -> Ready:
    texts: dict[str, str] = {}
    missing: dict[Blank, None] = {}
    for language, text in kept.texts.items():
        values, lacking = _values(known, texts_in(language), kept.blanks)
        texts[language] = filled(text, values)
        missing |= dict.fromkeys(lacking)
    return Ready(
        key=kept.key,
        name=kept.name,
        text_kk=texts["kk"],
        text_ru=texts["ru"],
        text=_in_language(texts, asker.language),
        missing=tuple(missing),
    )


def _values(known: Known, t: Texts, blanks: Sequence[Blank]) -> tuple[dict[Blank, str], list[Blank]]:
    """What stands for the blanks in a language, and the blanks for which nothing does."""
    values = {each: words for each in blanks if (words := value(known, t, each)) is not None}
    return values, [each for each in blanks if each not in values]


def _in_language(texts: dict[str, str], language: str | None) -> str:
    """In the conversation's language. Staff write in two: in English there is the Russian one then."""
    return texts.get(language or DEFAULT_LANGUAGE) or texts["ru"]
