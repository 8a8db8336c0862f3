"""The command line: what it prints, what it ends with, and that nothing ends in a traceback."""

import asyncio
import getpass
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, text

from bot.cli import app
from bot.clock import SystemClock
from bot.command_line import run
from domain.iin import Sex, make_iin
from storage import people, second_steps, staff
from storage.database import Database
from storage.keyring import Keyring
from storage.second_steps import SecondStep
from storage.transaction import Transaction
from storage.vault import Vault
from tests.integration.test_letters import lose
from tests.processes import free_port

SECRET = "a secret that is long enough"
FILE = """\
[[territory]]
code = "city"
kind = "city"
names = { kk = "Қала", ru = "Город", en = "City" }

[[kindergarten]]
code = "amina"
territory = "city"
name = "Амина"
ownership = "state"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an environment that names only a database file and a secret."""
    for name in [name for name in os.environ if name.startswith("KEZEK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEZEK_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/kezek.db")
    monkeypatch.setenv("KEZEK_SECRET_KEY", SECRET)
    return tmp_path


@pytest.fixture
def migrated(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same with a database on the newest schema."""
    assert run(app, ["migrate"]) == 0
    capsys.readouterr()
    return folder


def test_help_is_quick() -> None:
    started = time.perf_counter()

    subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, capture_output=True)

    # The aim is half a second on a machine that does nothing else.
    assert time.perf_counter() - started < 2.0


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom bot.cli import app\nfrom bot.command_line import run\nrun(app, ['--help'])\n"
        "heavy = {'aiohttp', 'sqlalchemy', 'pydantic', 'structlog'} & sys.modules.keys()\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )

    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("dance", "No such command 'dance'."),
        ("load", "Missing argument 'FILE.toml'."),
        ("staff", "Missing command."),
        (
            "demo --port seven",
            "Invalid value for '--port': "
            "Input should be a valid integer, unable to parse string as an integer",
        ),
        ("demo --at yesterday", "--at: 'yesterday' is no time; it is written like 2026-11-20T16:20"),
        ("demo --at 1999-01-01", "--at: the demo plays between 2012 and 2099"),
        ("staff add Ы --role admin", "NAME: 3 to 64 characters of a-z, 0-9, '.', '_' and '-'"),
        ("staff add aigul --role department", "--role department needs --territory CODE"),
        ("staff add aigul --role operator --speaks kk,de", "--speaks: some of kk,ru,en"),
    ],
)
def test_wrong_use_is_one_line_and_ends_with_two(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: str, line: str
) -> None:
    code = run(app, arguments.split())

    assert (code, capsys.readouterr().err.splitlines()) == (2, [f"kezek: {line}"])


def test_wrong_settings_are_a_line_each_and_end_with_two(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEZEK_HTTP_PORT", "-1")
    monkeypatch.setenv("KEZEK_PUBLIC_URL", "kezek")

    code = run(app, ["serve"])

    assert (code, capsys.readouterr().err.splitlines()) == (
        2,
        [
            "kezek: KEZEK_HTTP_PORT: input should be greater than or equal to 0",
            "kezek: KEZEK_PUBLIC_URL: must be an address that starts with http:// or https://",
        ],
    )


@pytest.mark.parametrize("command", [["serve"], ["check"], ["load", "file.toml"]])
def test_an_old_schema_names_the_command_that_helps(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (folder / "file.toml").write_text(FILE)

    code = run(app, command)

    told = capsys.readouterr()
    assert code == 1
    assert "run kezek migrate" in told.out + told.err


@pytest.mark.parametrize(("command", "code"), [("serve", 2), ("check", 1)])
def test_another_secret_than_that_of_the_data_is_refused(
    migrated: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    code: int,
) -> None:
    asyncio.run(write_a_parent(f"sqlite+aiosqlite:///{migrated}/kezek.db"))
    monkeypatch.setenv("KEZEK_SECRET_KEY", "another secret that is long enough")

    ended = run(app, [command])

    told = capsys.readouterr()
    assert ended == code
    assert "KEZEK_SECRET_KEY is not the one that the data was encrypted with" in told.out + told.err


async def write_a_parent(url: str) -> None:
    """Somebody who is sealed with the first secret."""
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET)), SystemClock(), connections=1)
    parent = make_iin(date(1991, 3, 14), Sex.MALE, 1234)
    assert parent is not None
    await database.write(
        lambda tx: people.parent_for(tx, parent, at=tx.now, language="kk", notice_way="messenger")
    )
    await database.close()


def test_migrate_says_what_it_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = run(app, ["migrate"]), run(app, ["migrate"])

    assert codes == (0, 0)
    assert capsys.readouterr().out.splitlines() == [
        "The schema is the newest now.",
        "The schema was the newest already.",
    ]


def test_load_counts_what_it_loaded(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (migrated / "city.toml").write_text(FILE)

    code = run(app, ["load", "city.toml"])

    assert (code, capsys.readouterr().out) == (
        0,
        "Loaded: 1 territories, 0 policies, 1 kindergartens, 0 groups, 0 pictures.\n",
    )


def test_a_bad_file_is_told_with_its_line(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (migrated / "city.toml").write_text(FILE.replace('"state"', '"nobody"'))

    code = run(app, ["load", "city.toml"])

    assert (code, capsys.readouterr().err.splitlines()) == (
        1,
        [
            "kezek: city.toml: line 10: kindergarten.ownership: "
            "string should match pattern '^(state|private)$'",
            "kezek: nothing was changed",
        ],
    )


def test_a_file_that_is_not_there_is_told(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(app, ["load", "city.toml"])

    assert (code, capsys.readouterr().err) == (1, "kezek: city.toml: no such file or directory\n")


def test_staff_get_a_password_that_is_kept_only_as_a_hash(
    migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (migrated / "city.toml").write_text(FILE)
    run(app, ["load", "city.toml"])
    capsys.readouterr()

    code = run(app, ["staff", "add", "aigul", "--role", "kindergarten", "--kindergarten", "amina"])

    printed = capsys.readouterr().out
    password = re.search(r"Password: (\S+)", printed)
    assert (code, password is not None) == (0, True)
    assert password is not None
    engine = create_engine(f"sqlite:///{migrated}/kezek.db")
    with engine.connect() as conn:
        [stored] = conn.execute(text("SELECT password_hash FROM staff WHERE login = 'aigul'")).scalars()
    engine.dispose()
    assert PasswordHasher().verify(stored, password[1])


@pytest.mark.parametrize(
    ("said", "kept"), [([], "kk,ru,en"), (["--speaks", "ru,kk"], "kk,ru"), (["--speaks", "en"], "en")]
)
def test_staff_speak_the_languages_that_are_named_and_else_all(
    migrated: Path, said: list[str], kept: str
) -> None:
    run(app, ["staff", "add", "aigul", "--role", "operator", *said])

    engine = create_engine(f"sqlite:///{migrated}/kezek.db")
    with engine.connect() as conn:
        [stored] = conn.execute(text("SELECT languages FROM staff WHERE login = 'aigul'")).scalars()
    engine.dispose()
    assert stored == kept


def test_the_same_login_twice_is_refused(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(app, ["staff", "add", "aigul", "--role", "admin"])
    capsys.readouterr()

    code = run(app, ["staff", "add", "aigul", "--role", "operator"])

    assert (code, capsys.readouterr().err) == (2, "kezek: aigul is there already\n")


def test_a_forgotten_password_is_replaced_by_one_for_once(
    migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(app, ["staff", "add", "aigul", "--role", "admin"])
    first = re.search(r"Password: (\S+)", capsys.readouterr().out)

    code = run(app, ["staff", "password", "aigul"])

    made = re.search(r"One-time password: (\S+)\nGood until \d{4}", capsys.readouterr().out)
    assert (code, first is not None, made is not None) == (0, True, True)
    assert first is not None
    assert made is not None
    engine = create_engine(f"sqlite:///{migrated}/kezek.db")
    with engine.connect() as conn:
        asked = "SELECT password_hash, password_once_until IS NOT NULL FROM staff"
        [(stored, once)] = conn.execute(text(asked)).all()
        noted = conn.execute(text("SELECT actor, what, data FROM audit")).all()
    engine.dispose()
    assert PasswordHasher().verify(stored, made[1])
    assert (made[1] == first[1], once) == (False, 1)
    assert [row[:2] for row in noted] == [("system", "new_start")]
    assert getpass.getuser() in noted[0][2]


def test_a_second_step_is_turned_off_on_the_server_with_the_new_start(
    migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(app, ["staff", "add", "aigul", "--role", "admin"])

    async def turned_on() -> None:
        vault = Vault(Keyring.from_secret(SECRET))
        database = await Database.open(f"sqlite+aiosqlite:///{migrated}/kezek.db", vault, SystemClock())
        step = SecondStep("JBSWY3DPEHPK3PXP", (), used=1)

        def work(tx: Transaction) -> None:
            staff_id = staff.find(tx, "aigul")
            assert staff_id is not None
            second_steps.write(tx, staff_id, step)

        try:
            await database.write(work)
        finally:
            await database.close()

    asyncio.run(turned_on())
    capsys.readouterr()

    code = run(app, ["staff", "password", "aigul", "--second-step-off"])

    engine = create_engine(f"sqlite:///{migrated}/kezek.db")
    with engine.connect() as conn:
        left = conn.execute(text("SELECT totp, totp_used FROM staff")).all()
        noted = conn.execute(text("SELECT what FROM audit ORDER BY id")).scalars().all()
    engine.dispose()
    assert (code, "The second step is off." in capsys.readouterr().out) == (0, True)
    assert (left, noted) == ([(None, None)], ["new_start", "second_step_off"])


@pytest.mark.parametrize(
    ("before", "arguments", "line"),
    [
        ("UPDATE staff SET failed_tries = 0", ["berik"], "there is no login berik"),
        ("UPDATE staff SET failed_tries = 0", ["aigul", "--second-step-off"], "aigul has no second step"),
        (
            "UPDATE staff SET disabled_at = created_at",
            ["aigul"],
            "aigul is shut out: an administrator lets it in again",
        ),
    ],
)
def test_a_login_that_gets_no_new_start_keeps_its_password(
    migrated: Path, capsys: pytest.CaptureFixture[str], before: str, arguments: list[str], line: str
) -> None:
    run(app, ["staff", "add", "aigul", "--role", "admin"])
    engine = create_engine(f"sqlite:///{migrated}/kezek.db")
    with engine.begin() as conn:
        conn.execute(text(before))
    capsys.readouterr()

    code = run(app, ["staff", "password", *arguments])

    assert (code, capsys.readouterr().err) == (2, f"kezek: {line}\n")
    with engine.connect() as conn:
        made = conn.execute(text("SELECT password_changed_at FROM staff")).scalar_one()
        noted = conn.execute(text("SELECT count(*) FROM audit")).scalar_one()
    engine.dispose()
    assert (made, noted) == (None, 0)


def test_rights_over_what_is_not_there_are_refused(
    migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(app, ["staff", "add", "aigul", "--role", "department", "--territory", "atlantis"])

    assert (code, capsys.readouterr().err) == (2, "kezek: --territory: there is no territory atlantis\n")


def test_check_finds_everything_in_order(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(app, ["check", "--recount"])

    told = capsys.readouterr().out.splitlines()
    assert code == 0
    assert [line.split(":")[0] for line in told if not line.startswith("off")] == [
        "ok    settings",
        "ok    database",
        "ok    audit",
        "ok    data folder",
        "ok    file store",
        "ok    queues",
    ]


def test_check_names_the_first_entry_of_the_audit_that_is_not_as_it_was_written(
    migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = "(7, 0, 'staff:1', 'looked', '{}', zeroblob(32), zeroblob(32))"
    with closing(sqlite3.connect(migrated / "kezek.db")) as conn, conn:
        conn.execute(f"INSERT INTO audit (id, at, actor, what, data, previous_hash, hash) VALUES {entry}")

    code = run(app, ["check"])

    told = capsys.readouterr()
    assert (code, told.err) == (1, "kezek: not in order: audit\n")
    assert "WRONG audit: entry 7 of 1970-01-01 00:00:00 UTC does not follow the one before it" in told.out


def test_check_names_every_part_that_is_wrong(
    migrated: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("KEZEK_TELEGRAM_TOKEN", "1:hush-hush")
    monkeypatch.setenv("KEZEK_TELEGRAM_API_URL", nobody)
    monkeypatch.setenv("KEZEK_REDIS_URL", nobody.replace("http", "redis"))
    monkeypatch.setenv("KEZEK_REGISTER_URL", nobody)
    monkeypatch.setenv("KEZEK_SMTP_URL", nobody.replace("http", "smtp"))
    monkeypatch.setenv("KEZEK_MAIL_FROM", "kezek@example.kz")
    monkeypatch.setenv("KEZEK_TELEGRAM_TOKNE", "1:hush-hush")
    (migrated / "hush-files").write_text("no folder")
    monkeypatch.setenv("KEZEK_FILES_URL", (migrated / "hush-files").as_uri())

    code = run(app, ["check"])

    told = capsys.readouterr()
    assert (code, told.err) == (
        1,
        "kezek: not in order: file store, Redis, Telegram, mail, state register\n",
    )
    assert "WRONG file store: can't be written, read and deleted there (OSError)" in told.out
    assert "note  KEZEK_TELEGRAM_TOKNE is no setting; KEZEK_TELEGRAM_TOKEN is one" in told.out
    assert "hush" not in told.out


def test_an_error_nobody_foresaw_tells_its_place_and_nothing_of_its_message(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("Айгүл")

    monkeypatch.setattr("bot.commands.migrate.run", broken)

    code = run(app, ["migrate"])

    told = capsys.readouterr().err
    assert code == 1
    assert re.fullmatch(r"kezek: unexpected RuntimeError at \S+test_cli\.py:\d+\n", told)


def test_letters_that_did_not_arrive_are_listed_and_sent_again(
    migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(lose_a_letter(migrated))

    codes = [
        run(app, arguments.split()) for arguments in ("letters", "letters again --reason 400", "letters")
    ]

    told = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", capsys.readouterr().out).splitlines()
    assert codes == [0, 0, 0]
    assert told == [
        "      1  telegram  failed    WHEN – WHEN  400 Bad Request",
        "Sent again: 1.",
        "Every message has arrived.",
    ]


async def lose_a_letter(folder: Path) -> None:
    vault = Vault(Keyring.from_secret(SECRET))
    database = await Database.open(f"sqlite+aiosqlite:///{folder}/kezek.db", vault, SystemClock())
    await lose(database, "7", "failed", "400 Bad Request")
    await database.close()
