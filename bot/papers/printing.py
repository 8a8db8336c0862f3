"""Setting the page: typst with its own fonts, so that it looks the same on every machine.

Nothing is imported before the first page is printed: most commands print none.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import orjson

from bot.papers.page import page
from bot.papers.referral_links import ReferralLinks
from storage.referral_papers import ReferralPaper


def on_paper(found: ReferralPaper, links: ReferralLinks) -> bytes:
    """The PDF of a referral. Takes some time: not for the event loop."""
    link = links.to(found.number)
    return printed(page(found, link, code_of(link)))


def code_of(link: str) -> str:
    """The QR code of a link, as SVG. A quarter of it may be worn off."""
    import segno

    drawn = BytesIO()
    segno.make_qr(link, error="q").save(drawn, kind="svg", border=0, dark="#16262b", xmldecl=False)
    return drawn.getvalue().decode()


def printed(page: dict[str, Any]) -> bytes:
    """The PDF of a page. Takes some time: not for the event loop."""
    import typst

    data = {"paper": orjson.dumps(page).decode()}
    made: bytes = typst.compile(_template(), format="pdf", sys_inputs=data, ignore_system_fonts=True)
    return made


@cache
def _template() -> bytes:
    return (files("bot.papers") / "referral.typ").read_bytes()
