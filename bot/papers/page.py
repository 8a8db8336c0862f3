"""What stands on the page of a referral: every word twice, in Kazakh and in Russian."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.flows.apply.instruction import language_name
from bot.flows.children.words import shown_name
from bot.flows.to_bring import to_bring
from bot.papers.days import in_words, with_weekday
from bot.texts import Texts, texts_in
from storage.referral_papers import ReferralPaper

LANGUAGES = ("kk", "ru")

_MUCH_TEXT = 300
"""Letters of all values together: with more of them smaller ones are used, to stay on one page."""

Twice = dict[str, str]
In = Callable[[Texts], str]


def page(paper: ReferralPaper, link: str, picture: str) -> dict[str, Any]:
    """The data of the template. `picture` is the QR code (SVG) that leads to `link`."""
    number, rows = str(paper.number), list(_rows(paper))
    return {
        "title": " / ".join(_twice(lambda t: t("Referral № {number}", number=number)).values()),
        "heading": _twice(lambda t: t("Referral to a kindergarten")),
        "number": {"label": _twice(lambda t: t("Number")), "value": number},
        "valid": {
            "label": _twice(lambda t: t("Valid through this day, its last minute included")),
            "words": {code: with_weekday(paper.valid_through, code) for code in LANGUAGES},
        },
        "rows": rows,
        "crowded": sum(len(each["value"]["kk"]) for each in rows) > _MUCH_TEXT,
        "bring": {
            "title": _twice(lambda t: t("What to bring")),
            "items": {code: [each.words for each in to_bring(texts_in(code))] for code in LANGUAGES},
        },
        "code": {
            "picture": picture,
            "link": link,
            "alt": _twice(lambda t: t("QR code"))["kk"],
            "words": _twice(
                lambda t: t(
                    "The code opens a page that shows whether this referral is valid now. "
                    "Nothing about the child stands there."
                )
            ),
        },
        "foot": _twice(
            lambda t: t(
                "Printed on {moment}, time of Kazakhstan. The referral counts without this paper, too: the "
                "kindergarten finds it by the child's IIN.",
                moment=t.moment(paper.asked_at),
            )
        ),
    }


def _rows(paper: ReferralPaper) -> list[dict[str, Any]]:
    name = shown_name(paper.child)
    rows = [
        *([_row(lambda t: t("Child"), _same(name), main=True)] if name else []),
        _row(lambda t: t("Born on"), _day(paper.child.birth_date), main=not name),
        _row(lambda t: t("Kindergarten"), _same(paper.kindergarten), main=True),
    ]
    if paper.address:
        rows.append(_row(lambda t: t("Address"), _same(paper.address)))
    if paper.phone:
        rows.append(_row(lambda t: t("Phone"), _same(paper.phone)))
    rows += [
        _row(lambda t: t("Group"), _same(paper.group)),
        _row(lambda t: t("Language of the group"), _twice(lambda t: language_name(t, paper.language))),
        _row(lambda t: t("The place is free from"), _day(paper.released_on)),
        _row(lambda t: t("Issued"), _twice(lambda t: t.moment(paper.issued_at))),
    ]
    return rows


def _row(label: In, value: Twice, *, main: bool = False) -> dict[str, Any]:
    return {"label": _twice(label), "value": value, "main": main}


def _twice(words: In) -> Twice:
    return {code: words(texts_in(code)) for code in LANGUAGES}


def _same(value: str) -> Twice:
    return dict.fromkeys(LANGUAGES, value)


def _day(day: date) -> Twice:
    return {code: in_words(day, code) for code in LANGUAGES}
