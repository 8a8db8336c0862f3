"""Going on duty and off it: whether questions are given to whoever asks."""

from functools import partial

from aiohttp import web

from bot.centre import line
from bot.web.console.acting import Done, act
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from storage.transaction import Transaction

ON = "on"


async def duty(visit: Visit) -> web.Response:
    """`duty` is "on" or anything else. It leads back to the inbox."""
    await act(visit, partial(_duty, visit, visit.form.raw("duty") == ON))


def _duty(visit: Visit, on: bool, tx: Transaction) -> Done:
    done = "duty-begun" if on else "duty-ended"
    return Done(line.on_duty(tx, visit.officer, on), f"{ROOT}chats?done={done}")


PAGES = (Page("POST", "duty", duty, May.STEP_IN),)
