"""`kezek staff add`: somebody who may log in to the console."""

import asyncio
import getpass
import re
import sys
from collections.abc import Sequence

from bot import passwords
from bot.clock import real_now
from bot.commands.failure import WRONG_USE, CommandFailed
from bot.opened import opened
from bot.settings import Settings, settings_to_serve
from bot.texts import LANGUAGES
from storage import staff, territories
from storage.staff import LoginTaken
from storage.transaction import Transaction

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
_TRIES = 3


def add(
    login: str, role: str, kindergartens: Sequence[str], in_territories: Sequence[str], speaks: str
) -> None:
    """Write somebody down. `speaks`: codes of languages with commas between them.

    Raises CommandFailed, WrongSettings, StorageError.
    """
    _check(login, role, kindergartens, in_territories)
    languages = _languages(speaks)
    settings = settings_to_serve()
    password = _asked() if sys.stdin.isatty() else None
    shown = password or passwords.made_up()
    asyncio.run(_add(settings, login, shown, role, kindergartens, in_territories, languages))
    print(f"{login} can log in as {role}.")
    if password is None:
        print(f"Password: {shown}")


def _check(login: str, role: str, kindergartens: Sequence[str], in_territories: Sequence[str]) -> None:
    if not _LOGIN.fullmatch(login):
        raise CommandFailed("NAME: 3 to 64 characters of a-z, 0-9, '.', '_' and '-'", exit_code=WRONG_USE)
    if role == "kindergarten" and not kindergartens:
        raise CommandFailed("--role kindergarten needs --kindergarten CODE", exit_code=WRONG_USE)
    if role == "department" and not in_territories:
        raise CommandFailed("--role department needs --territory CODE", exit_code=WRONG_USE)


def _languages(speaks: str) -> tuple[str, ...]:
    """Each once, in our order."""
    asked = {each.strip() for each in speaks.split(",")}
    if not asked <= set(LANGUAGES):
        raise CommandFailed(f"--speaks: some of {','.join(LANGUAGES)}", exit_code=WRONG_USE)
    return tuple(each for each in LANGUAGES if each in asked)


def _asked() -> str | None:
    """The password typed twice; None when the person leaves that to us."""
    for _ in range(_TRIES):
        password = getpass.getpass("Password (empty: one is made): ")
        if not password:
            return None
        if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
            print(f"{passwords.SHORTEST} to {passwords.LONGEST} characters.", file=sys.stderr)
        elif getpass.getpass("Once more: ") != password:
            print("These were two different ones.", file=sys.stderr)
        else:
            return password
    raise CommandFailed("no password was chosen")


async def _add(
    settings: Settings,
    login: str,
    password: str,
    role: str,
    kindergartens: Sequence[str],
    in_territories: Sequence[str],
    speaks: Sequence[str],
) -> None:
    password_hash = await asyncio.to_thread(passwords.hashed, password)

    def write(tx: Transaction) -> None:
        staff.add(
            tx,
            login=login,
            password_hash=password_hash,
            role=role,
            language="kk",
            territories=[_territory(tx, code) for code in in_territories],
            kindergartens=[_kindergarten(tx, code) for code in kindergartens],
            at=real_now(),
            speaks=speaks,
        )

    async with opened(settings) as database:
        try:
            await database.write(write)
        except LoginTaken:
            raise CommandFailed(f"{login} is there already", exit_code=WRONG_USE) from None


def _territory(tx: Transaction, code: str) -> int:
    found = territories.find_by_code(tx, code)
    if found is None:
        raise CommandFailed(f"--territory: there is no territory {code}", exit_code=WRONG_USE)
    return found


def _kindergarten(tx: Transaction, code: str) -> int:
    found = staff.find_kindergarten(tx, code)
    if found is None:
        raise CommandFailed(f"--kindergarten: there is no kindergarten {code}", exit_code=WRONG_USE)
    return found
