"""The audit's page: who did what about whom, as far as an admin's staff go; filters, pages, a file."""

import csv
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from aiohttp import ClientError

from storage import audit as entries
from storage import audit_reading, stated_reasons
from storage.audit_chain import verify
from storage.audit_reading import AuditEntry
from storage.database import Database
from storage.errors import StorageUnavailable
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import SeenPage
from tests.integration.desk_city import City
from tests.integration.rows import add_territory

SMALL_PRINT = re.compile(r'<p class="quiet">(<time>.*?)</p>')
TAGS = re.compile("<[^>]+>")
WHY = "Әсел Сейітқызына қоңырау шалу үшін"


@dataclass(frozen=True)
class Stage:
    """A running console; an admin of everything, one of a town, and an operator in each of two towns."""

    desk: Desk
    city: City
    near: int
    far: int


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[Stage]:
    def towns(tx: Transaction) -> tuple[City, int]:
        return City(tx), add_territory(tx, "far")

    city, far_town = await sqlite.write(towns)
    async with running_desk(sqlite) as desk:
        near = await desk.hires("near", "operator", territories=[city.territory_id])
        far = await desk.hires("far", "operator", territories=[far_town])
        await desk.hires("admin", "admin")
        await desk.hires("town", "admin", territories=[city.territory_id])
        yield Stage(desk, city, near, far)


async def writes(stage: Stage, actor: str, what: str, about: str | None = None, **more: Any) -> None:
    row: dict[str, Any] = {"at": START, "data": {}, "from_where": "192.0.2.7"} | more
    await stage.desk.database.write(lambda tx: entries.append(tx, actor=actor, what=what, about=about, **row))


async def sees(stage: Stage, login: str = "admin", query: str = "") -> SeenPage:
    async with stage.desk.browser(login) as browser:
        return await browser.opens(f"audit{query}")


def rows(page: SeenPage) -> int:
    return page.html.count('<li class="entry">')


def details(page: SeenPage) -> list[str]:
    """The small print of each entry, the newest first."""
    return [" ".join(unescape(TAGS.sub("", each)).split()) for each in SMALL_PRINT.findall(page.html)]


async def test_an_entry_says_who_what_when_from_where_and_about_whom(stage: Stage) -> None:
    family, _ = await stage.desk.database.write(stage.city.family)
    number = await stage.desk.database.read(lambda tx: family.application(tx).number)
    await writes(stage, f"staff:{stage.near}", "looked", f"application:{family.application_id}")

    page = await sees(stage, query="?what=looked")

    assert "near · looked at data of a family · Application" in page.text
    assert str(number) in page.text
    assert "20.11.2026\u00a015:00</time> · 192.0.2.7" in page.html
    assert rows(page) == 1


async def test_a_stated_reason_is_told_until_it_is_erased(stage: Stage) -> None:
    def stated(tx: Transaction) -> int:
        return stated_reasons.add(tx, stage.near, None, WHY, tx.now)

    reason = await stage.desk.database.write(stated)
    await writes(stage, f"staff:{stage.near}", "searched", data={"by": "iin", "reason": str(reason)})
    await writes(stage, f"staff:{stage.near}", "searched", data={"by": "phone", "reason": "12345"})

    page = await sees(stage, query="?what=searched")

    assert f"Reason: {WHY}" in page.text
    assert page.text.count("Reason:") == 1
    assert "by phone" in page.text


async def test_what_else_an_entry_says_is_said_in_words(stage: Stage) -> None:
    me = f"staff:{stage.near}"
    await writes(stage, me, "searched", data={"by": "iin", "found": False})
    await writes(stage, me, "revealed", data={"shown": "child_iin", "conversation": "42"})
    await writes(stage, me, "answered", "conversation:987654321", data={"message": 77})
    await writes(stage, me, "question_handed_over", data={"request": 78, "to": stage.far})
    await writes(stage, me, "child_left", data={"last_day": "2026-11-30", "why": "school"})
    await writes(stage, me, "seats_corrected", data={"before": 4, "seats": 3})
    await writes(stage, me, "sign_in_locked", data={"wrong": 10})

    page = await sees(stage, query="?who=near")

    assert "answered in a chat · Chat № 4321" in page.text
    facts = [" · ".join(entry.split(" · ")[3:]) for entry in details(page)]
    assert facts == [
        "Wrong passwords in a row: 10",
        "before: 4 · seats: 3",
        "leaves 30.11.2026 · Goes to school",
        "to far",
        "",
        "the child's IIN",
        "by IIN · nothing was found",
    ]


async def test_what_an_older_version_has_noted_is_shown_as_it_stands(stage: Stage) -> None:
    old = {"colour": "blue", "through": "some day", "why": "forgotten", "to": "nobody"}
    await writes(stage, f"staff:{stage.near}", "painted", data=old)

    page = await sees(stage)

    assert "colour: blue · through some day · forgotten · to nobody" in page.text


async def test_an_admin_of_a_town_sees_what_its_staff_did_and_nothing_else(stage: Stage) -> None:
    await writes(stage, f"staff:{stage.near}", "drove", "conversation:1")
    await writes(stage, f"staff:{stage.far}", "drove", "conversation:2")
    await writes(stage, "system", "outage_prolonged", "outage:3")

    whole, town = await sees(stage), await sees(stage, "town", "?what=drove")
    named = await sees(stage, "town", "?who=far")

    assert "gave time back after an outage" in whole.text
    assert [whole.html.count(f"about=conversation%3A{n}") for n in (1, 2)] == [1, 1]
    assert (rows(town), "conversation%3A2" in town.html) == (1, False)
    assert (rows(named), "There is no such entry." in named.text) == (0, True)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?who=near", 2),
        ("?who=near&what=drove", 1),
        ("?about=conversation:1", 2),
        ("?about=conversation:1&who=far", 1),
        ("?what=drove&since=2026-11-20&until=2026-11-20", 2),
        ("?what=drove&since=2026-11-21", 0),
        ("?what=drove&until=2026-11-19", 0),
        ("?who=nobody", 0),
        ("?about=conversation:12345", 0),
    ],
)
async def test_filters_go_together(stage: Stage, query: str, number: int) -> None:
    await writes(stage, f"staff:{stage.near}", "drove", "conversation:1")
    await writes(stage, f"staff:{stage.near}", "handed_back", "conversation:2")
    await writes(stage, f"staff:{stage.far}", "drove", "conversation:1")

    assert rows(await sees(stage, query=query)) == number


@pytest.mark.parametrize(
    "query",
    ["?what=nothing", "?about=x", "?about=%00:1", "?before=-1", "?who=%00", "?before=99999999999999999999"],
)
async def test_what_can_not_be_asked_is_as_if_it_was_not(stage: Stage, query: str) -> None:
    await writes(stage, f"staff:{stage.near}", "drove")

    assert (await sees(stage, query=query)).status == 200


async def test_days_that_are_none_are_told_so(stage: Stage) -> None:
    assert (await sees(stage, query="?since=yesterday")).status == 422
    assert (await sees(stage, query="?since=2026-11-20&until=2026-11-19")).status == 422


async def test_pages_follow_each_other(stage: Stage) -> None:
    for number in range(53):
        await writes(stage, f"staff:{stage.near}", "drove", f"conversation:{number}")

    async with stage.desk.browser("admin") as browser:
        first = await browser.opens("audit?what=drove")
        link = first.html.split('class="button secondary" href="/console/')[1].split('"')[0]
        second = await browser.opens(link.replace("&amp;", "&"))

    assert (rows(first), rows(second)) == (50, 3)
    assert 'conversation%3A2"' in second.html
    assert 'class="button secondary"' not in second.html


async def test_the_file_has_all_of_it_and_its_taking_is_an_entry(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.console.centre.audit_csv.PIECE", 2)
    for number in range(5):
        await writes(
            stage,
            f"staff:{stage.near}",
            "drove",
            f"conversation:{number}",
            at=START + timedelta(seconds=number),
        )
    await writes(stage, "system", "outage_prolonged", from_where="=1+1")

    async with stage.desk.browser("admin") as browser:
        page = await browser.opens("audit")
        all_of_it = await browser.sends(page.form("/export"))
        some = await browser.sends((await browser.opens("audit?what=drove")).form("/export"))
        after = await browser.opens("audit?what=audit_exported")

    table = list(csv.reader(StringIO(all_of_it.html.removeprefix("\ufeff"))))
    assert table[0] == ["entry", "at", "actor", "login", "what", "about", "from", "data"]
    assert [row[4] for row in table[1:3]] == ["audit_exported", "signed_in"]
    assert "'=1+1" in [row[6] for row in table]
    drove = list(csv.reader(StringIO(some.html.removeprefix("\ufeff"))))[1:]
    assert [row[3:6] for row in drove] == [["near", "drove", f"conversation:{n}"] for n in (4, 3, 2, 1, 0)]
    assert drove[0][1] == "2026-11-20T10:00:04+00:00"
    assert rows(after) == 2
    assert (await verify(stage.desk.database)).broken is None


async def test_a_file_that_is_not_whole_does_not_look_whole(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.console.centre.audit_csv.PIECE", 1)
    await writes(stage, f"staff:{stage.near}", "drove")
    read, seen = audit_reading.page, []

    def fails_at_the_second(*asked: Any) -> list[AuditEntry]:
        seen.append(asked)
        if len(seen) > 1:
            raise StorageUnavailable("gone")
        return read(*asked)

    async with stage.desk.browser("admin") as browser:
        page = await browser.opens("audit")
        monkeypatch.setattr(audit_reading, "page", fails_at_the_second)
        with pytest.raises(ClientError):
            await browser.sends(page.form("/export"))


async def test_nobody_but_an_admin_sees_it(stage: Stage) -> None:
    page = await sees(stage, "near")

    assert (page.status, "This page is not for your role." in page.text) == (403, True)
