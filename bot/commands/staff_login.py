"""`kezek staff password`: a new start for whoever has forgotten the password, also for the last admin."""

import asyncio
import getpass

from bot import managing_staff, passwords
from bot.clock import real_now
from bot.commands.failure import WRONG_USE, CommandFailed
from bot.flows.staff_entry import Audited
from bot.managing_staff import MadePassword
from bot.opened import opened
from bot.settings import Settings, settings_to_serve
from domain.errors import AlreadyDecided
from domain.local_time import local
from storage import audit, staff
from storage.transaction import Transaction


def new_start(login: str, *, second_step_off: bool) -> None:
    """Make a one-time password and print it. Raises CommandFailed, WrongSettings, StorageError."""
    password = passwords.made_up()
    made = asyncio.run(_give(settings_to_serve(), login, password, second_step_off=second_step_off))
    print(f"{login} is signed in nowhere now, and not locked.")
    if second_step_off:
        print("The second step is off.")
    print(f"One-time password: {password}")
    until = local(made.good_until)
    print(f"Good until {until:%Y-%m-%d %H:%M}; it has to be changed at the next sign-in.")


async def _give(settings: Settings, login: str, password: str, *, second_step_off: bool) -> MadePassword:
    made = MadePassword(await asyncio.to_thread(passwords.hashed, password), real_now())
    by = getpass.getuser()

    def write(tx: Transaction) -> None:
        staff_id = staff.find(tx, login)
        if staff_id is None:
            raise CommandFailed(f"there is no login {login}", exit_code=WRONG_USE)
        try:
            _note(tx, managing_staff.new_start_by_command(tx, staff_id, made, by))
        except AlreadyDecided:
            shut_out = f"{login} is shut out: an administrator lets it in again"
            raise CommandFailed(shut_out, exit_code=WRONG_USE) from None
        if second_step_off:
            _turn_off(tx, login, staff_id, by)

    async with opened(settings) as database:
        await database.write(write)
    return made


def _turn_off(tx: Transaction, login: str, staff_id: int, by: str) -> None:
    try:
        _note(tx, managing_staff.second_step_off_by_command(tx, staff_id, by))
    except AlreadyDecided:
        raise CommandFailed(f"{login} has no second step", exit_code=WRONG_USE) from None


def _note(tx: Transaction, done: Audited) -> None:
    audit.append(tx, at=tx.now, actor=done.actor, what=done.what, about=done.about, data=done.data)
