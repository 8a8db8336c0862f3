"""The inbox: the conversations of an operator's territories, who waits in them and who is on it."""

from functools import partial

from aiohttp import web

from bot.flows.channel_names import channel_name
from bot.texts import LANGUAGES
from bot.web.console.centre.inbox_known import Known, known
from bot.web.console.centre.inbox_query import CHANNELS, Tab
from bot.web.console.centre.inbox_words import (
    TABS,
    by_words,
    moment,
    nothing_there,
    script_words,
    short_languages,
    short_moment,
    waited,
)
from bot.web.console.centre.row_view import milliseconds
from bot.web.console.page import Page
from bot.web.console.permission import May, allows
from bot.web.console.visit import Visit
from bot.web.json_answers import json_for_html
from storage.centre import labels


async def chats(visit: Visit) -> web.Response:
    """The list. It is a whole page without its script, which keeps it up to date."""
    t = visit.t
    seen = await visit.read(partial(known, visit))
    return visit.page(
        "centre/inbox",
        known=seen,
        wanted=seen.wanted,
        tabs=[(tab, TABS[tab](t), seen.wanted.path(tab), seen.counts.get(tab, "")) for tab in Tab],
        counted=[tab.value for tab in seen.counts],
        empty=nothing_there(t, seen.wanted),
        by=by_words(t),
        channels={each: channel_name(t, each) for each in CHANNELS},
        tongues=LANGUAGES,
        short=short_languages(),
        names=seen.names(t.language),
        waited=partial(waited, t, seen.now),
        when=partial(short_moment, t, seen.now),
        moment=moment,
        now_ms=milliseconds(seen.now),
        longest_label=labels.LONGEST,
        data=_data(visit, seen),
        steps_in=allows(May.STEP_IN, visit.who.role),
    )


def _data(visit: Visit, seen: Known) -> str:
    """What the page's script needs to know."""
    wanted = seen.wanted
    return json_for_html(
        {
            "list": wanted.tab.value,
            "first": wanted.key is None,
            "language": wanted.filters.language,
            "channel": wanted.filters.channel,
            "label": wanted.filters.label,
            "covered": seen.covered,
            "names": seen.names(visit.t.language),
            "me": visit.who.login,
            "now": milliseconds(seen.now),
            "mark": seen.mark,
            "words": script_words(visit.t),
        }
    )


PAGES = (Page("GET", "chats", chats, May.FOLLOW_CHATS),)
