"""`kezek outage`: what an engineer sees of an outage, and gives back by its number."""

import asyncio
from pathlib import Path

import pytest

from bot.cli import app
from bot.command_line import run
from domain.local_time import local
from storage.database import Database
from storage.keyring import Keyring
from storage.vault import Vault
from tests.fakes.clock import SetClock
from tests.integration.test_outages import down, on, told
from tests.integration.test_reminders import MONDAY, refers

SECRET = "a secret that is long enough"
NOTHING_ELSE = "0 suspensions lifted, 0 lists, 0 accesses"


@pytest.fixture
def clock(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock of the commands, which find an empty database."""
    clock = SetClock()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEZEK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("KEZEK_SECRET_KEY", SECRET)
    monkeypatch.setattr("bot.opened.SystemClock", lambda: clock)
    return clock


@pytest.fixture
def outage_on_the_last_day(clock: SetClock, sqlite_url: str) -> None:
    """A family has a referral, and the service was down for three hours of its last day."""

    async def happens() -> None:
        database = await opened(sqlite_url, clock)
        await refers(database, clock)
        await down(database, clock, on(MONDAY, 9), on(MONDAY, 12))
        await database.close()

    asyncio.run(happens())


async def opened(url: str, clock: SetClock) -> Database:
    return await Database.open(url, Vault(Keyring.from_secret(SECRET)), clock)


def families_told(url: str, clock: SetClock) -> int:
    async def ask() -> int:
        database = await opened(url, clock)
        number = await told(database)
        await database.close()
        return number

    return asyncio.run(ask())


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was complained of."""
    code = run(app, list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_where_it_never_stood_still_the_list_says_so(
    clock: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "outage") == (0, "The clockwork never stood still.\n", "")


@pytest.mark.usefixtures("outage_on_the_last_day")
def test_an_outage_is_listed_prolonged_by_its_number_and_listed_as_prolonged(
    clock: SetClock, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = said(capsys, "outage")
    given = said(capsys, "outage", "prolong", "2")
    after = said(capsys, "outage")

    line = "    2  2026-11-30 09:00:00 – 2026-11-30 12:00:00     180 min  "
    week = "    1  2026-11-23 07:00:00 – 2026-11-30 09:00:00   10200 min  not prolonged\n"
    assert before == (0, f"{line}not prolonged\n{week}", "")
    assert given == (0, f"Prolonged and told: 0 holds, 1 referrals, {NOTHING_ELSE}.\n", "")
    assert after == (0, f"{line}prolonged {local(clock.at):%Y-%m-%d %H:%M}\n{week}", "")
    assert families_told(sqlite_url, clock) == 1


@pytest.mark.usefixtures("outage_on_the_last_day")
def test_prolonged_twice_it_finds_nothing_and_tells_nobody_again(
    clock: SetClock, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "outage", "prolong", "2")

    code, printed, _ = said(capsys, "outage", "prolong", "2")

    assert (code, printed) == (0, f"Prolonged and told: 0 holds, 0 referrals, {NOTHING_ELSE}.\n")
    assert families_told(sqlite_url, clock) == 1


@pytest.mark.usefixtures("outage_on_the_last_day")
def test_of_an_unknown_number_it_is_said_that_there_is_none(
    clock: SetClock, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(capsys, "outage", "prolong", "3")

    assert answer == (2, "", "kezek: there is no outage 3: see kezek outage\n")
    assert families_told(sqlite_url, clock) == 0


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "1.5", "the last"])
def test_what_is_no_number_of_an_outage_is_wrong_use(capsys: pytest.CaptureFixture[str], number: str) -> None:
    code, printed, complaint = said(capsys, "outage", "prolong", "--", number)

    assert (code, printed) == (2, "")
    assert "NUMBER" in complaint
