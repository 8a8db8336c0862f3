"""Fetching from Telegram what somebody sent, and everything that can come between."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.errors import NoAnswer, Refused
from bot.channels.telegram.files import TelegramFiles
from bot.conversation.errand import ErrandFailed
from bot.uploads.verdict import LARGEST, Fault, Unfit
from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi

CONTENT = b"a picture" * 100


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def api(server: BotApi) -> AsyncIterator[TelegramApi]:
    api = TelegramApi(TOKEN, server.url)
    yield api
    await api.close()


@pytest.fixture
def files(api: TelegramApi) -> TelegramFiles:
    return TelegramFiles(api)


def sent(server: BotApi, content: bytes) -> str:
    """What a bot knows a file by."""
    return str(server.files.keep(content)["file_id"])


async def fault_of(files: TelegramFiles, ref: str) -> Fault:
    with pytest.raises(Unfit) as unfit:
        await files.fetch(ref)
    return unfit.value.fault


async def test_a_file_comes_as_it_was_sent(server: BotApi, files: TelegramFiles) -> None:
    assert await files.fetch(sent(server, CONTENT)) == CONTENT


async def test_a_file_is_too_large_from_one_byte_more_on(server: BotApi, files: TelegramFiles) -> None:
    assert len(await files.fetch(sent(server, b"x" * LARGEST))) == LARGEST
    assert await fault_of(files, sent(server, b"x" * (LARGEST + 1))) == "too_large"


async def test_a_file_that_telegram_itself_does_not_give_is_too_large(
    server: BotApi, files: TelegramFiles
) -> None:
    assert await fault_of(files, sent(server, b"x" * (20 * 1024 * 1024 + 1))) == "too_large"


async def test_a_file_is_given_up_while_it_comes_when_its_size_was_a_lie(
    server: BotApi, files: TelegramFiles
) -> None:
    ref = sent(server, b"x" * (LARGEST + 1))

    server.files.told_sizes[ref] = 100

    assert await fault_of(files, ref) == "too_large"


async def test_a_file_nobody_knows_is_gone(server: BotApi, files: TelegramFiles) -> None:
    assert await fault_of(files, "AgACAgI-of-nobody") == "gone"


@pytest.mark.parametrize("step", ["getFile", "file"])
@pytest.mark.parametrize(
    "fault",
    [faults.HANG_UP, faults.SERVER_ERROR, faults.too_many_requests(3), faults.refused(404, "Not Found")],
)
async def test_what_may_pass_is_tried_again(
    server: BotApi, files: TelegramFiles, step: str, fault: faults.Fault
) -> None:
    ref = sent(server, CONTENT)
    # A GET whose connection is lost is sent once more by the HTTP client itself.
    again = 2 if (step, fault) == ("file", faults.HANG_UP) else 1
    server.breaks(step, *[fault] * again)

    with pytest.raises(ErrandFailed):
        await files.fetch(ref)

    assert await files.fetch(ref) == CONTENT


@pytest.mark.parametrize("fault", [faults.GARBAGE, faults.ODD])
async def test_an_answer_that_is_none_is_asked_for_again(
    server: BotApi, files: TelegramFiles, fault: faults.Fault
) -> None:
    server.breaks("getFile", fault)

    with pytest.raises(ErrandFailed):
        await files.fetch(sent(server, CONTENT))


async def test_the_token_shows_in_no_error_and_in_no_log(server: BotApi, api: TelegramApi) -> None:
    server.breaks("file", faults.HANG_UP, faults.HANG_UP, faults.SERVER_ERROR)

    with capture_logs() as logged:
        with pytest.raises(NoAnswer) as no_answer:
            await api.download("documents/x", 10)
        with pytest.raises(Refused) as refused:
            await api.download("documents/x", 10)

    shown = [repr(each.value) + str(each.value.__cause__) for each in (no_answer, refused)]
    assert [text for text in (*shown, str(logged)) if TOKEN in text] == []
    assert no_answer.value.__suppress_context__
