"""`kezek check`: what is wrong, in plain words."""

import asyncio
import difflib
import os
from collections.abc import Iterator

from bot.checks import CHECKS, Said, look
from bot.commands.explain import explained
from bot.commands.failure import CommandFailed
from bot.opened import opened
from bot.settings import Settings, settings_to_serve
from bot.wrong_settings import PREFIX
from storage.recount import recount
from storage.recount_findings import Finding

_MARKS = {True: "ok   ", False: "WRONG", None: "off  "}


def run(*, recount: bool) -> None:
    """Print a line for each part. Raises CommandFailed when one is wrong, WrongSettings."""
    settings = settings_to_serve()
    said = asyncio.run(_look_at_all(settings))
    print("ok    settings")
    for line in _unknown_variables():
        print(f"note  {line}")
    for each in said:
        print(f"{_MARKS[each.ok]} {each.name}: {each.words}")
    wrong = [each.name for each in said if each.ok is False]
    if wrong:
        raise CommandFailed(f"not in order: {', '.join(wrong)}")
    if recount:
        _tell(asyncio.run(_recount(settings)))


async def _look_at_all(settings: Settings) -> list[Said]:
    looks = (look(name, check, settings, _in_a_line) for name, check in CHECKS)
    return list(await asyncio.gather(*looks))


async def _recount(settings: Settings) -> list[Finding]:
    async with opened(settings) as database:
        return await recount(database, repair=True)


def _tell(findings: list[Finding]) -> None:
    for each in findings:
        print(
            f"mended: queue {each.queue_id}: {each.wrong.value.replace('_', ' ')}: "
            f"{each.stored} was written down, {each.counted} is so"
        )
    print(
        "ok    queues: counters and journal agree with a plain recount" if not findings else "All is mended."
    )


def _unknown_variables() -> Iterator[str]:
    """Not refused at start: where containers are linked, variables of others begin with our name."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.8)
            yield f"{name} is no setting" + (f"; {near[0]} is one" if near else "")


def _in_a_line(error: Exception) -> str:
    return "; ".join(explained(error).lines)
