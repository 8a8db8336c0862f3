"""The language or languages of instruction: Kazakh, Russian, either; more by territory [000, 004]."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply.draft import NAME, applies, rules
from bot.texts import Texts

KEY = "langs"
ANY, CHOSEN = "any", "chosen"


def language_name(t: Texts, code: str) -> str:
    """A language as people of this one call it."""
    return _called(t.language, code)


@lru_cache(256)
def _called(language: str, code: str) -> str:
    """It stands on every screen of an application, and looking it up takes as long as a statement."""
    known: str = Locale.parse(language).languages.get(code, code)
    return known[:1].upper() + known[1:]


def names(t: Texts, codes: Sequence[str]) -> str:
    """Several of them."""
    return ", ".join(language_name(t, code) for code in codes)


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    offered = rules(turn, draft).languages
    text = t(
        "In which language is the child to be taught? More languages mean more free places to choose from."
    )
    if len(offered) <= 2:
        rows = [(Button(language_name(t, code), answer(NAME, KEY, code)),) for code in offered]
        if len(offered) == 2:
            rows.append((Button(t("Either will do"), answer(NAME, KEY, ANY)),))
        return Screen(text, title=t("Language"), rows=tuple(rows))
    return Screen(text, title=t("Language"), rows=_ticked(t, offered, draft.get("ticked", ())))


def _ticked(t: Texts, offered: Sequence[str], ticked: Sequence[str]) -> tuple[Row, ...]:
    """Where there are many, each is ticked on or off."""
    rows: list[Row] = [
        (Button(f"{'✅' if code in ticked else '▫️'} {language_name(t, code)}", answer(NAME, KEY, code)),)
        for code in offered
    ]
    rows.append((Button(t("Any of them"), answer(NAME, KEY, ANY)),))
    if ticked:
        rows.append((Button(t("Go on"), answer(NAME, KEY, CHOSEN)),))
    return tuple(rows)


def _read(turn: Turn, draft: Draft, content: Content) -> list[str]:
    if not isinstance(content, Press):
        raise Again(_ask(turn, draft).with_note(turn.t("Please press one of the buttons.")))
    offered, pressed = rules(turn, draft).languages, content.action
    ticked: list[str] = draft.get("ticked", [])
    if pressed == ANY:
        chosen = list(offered)
    elif pressed == CHOSEN and ticked:
        chosen = [code for code in offered if code in ticked]
    elif pressed not in offered:
        raise Outdated
    elif len(offered) > 2:
        draft["ticked"] = [each for each in ticked if each != pressed] + (
            [pressed] if pressed not in ticked else []
        )
        raise Again(_ask(turn, draft))
    else:
        chosen = [pressed]
    draft.pop("ticked", None)
    return chosen


QUESTION = Question(KEY, _ask, _read, when=applies, name=lambda t: t("Language"))
