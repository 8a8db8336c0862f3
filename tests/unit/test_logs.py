"""Log lines are JSON on one stream, and nothing personal stands in them."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import structlog

from bot import logs
from bot.log_scrubbing import masked


class Log:
    """What was written so far."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        self.stream.flush()
        raw = self.stream.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """Logging as in the service, into memory; afterwards as it was before."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.TextIOWrapper(io.BytesIO())
    logs.configure("info", stream)
    yield Log(stream)
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level


def test_a_line_is_json_with_the_time_and_the_level(log: Log) -> None:
    structlog.get_logger().info("turn", channel="telegram", milliseconds=4)

    [line] = log.lines
    assert line.pop("at").endswith("Z")
    assert line == {"event": "turn", "level": "info", "channel": "telegram", "milliseconds": 4}


def test_lines_below_the_level_are_left_out(log: Log) -> None:
    structlog.get_logger().debug("turn")
    logging.getLogger("aiohttp").debug("turn")

    assert log.lines == []


def test_a_library_writes_the_same_kind_of_line(log: Log) -> None:
    logging.getLogger("aiohttp.server").warning("slow request of %s", "+7 701 555 01 01")

    [line] = log.lines
    assert (line["event"], line["logger"], line["level"]) == (
        "slow request of •••",
        "aiohttp.server",
        "warning",
    )


def test_a_field_with_a_personal_name_is_masked_whole(log: Log) -> None:
    structlog.get_logger().info("parent", surname="Сериков", data={"text": "сәлем", "step": 3})

    [line] = log.lines
    assert (line["surname"], line["data"]) == ("•••", {"text": "•••", "step": 3})


def test_a_number_of_twelve_digits_is_masked_even_as_a_number(log: Log) -> None:
    structlog.get_logger().info("turn", message=171009600012, message_id=5512345678901234567)

    [line] = log.lines
    assert (line["message"], line["message_id"]) == ("•••", 5512345678901234567)


def test_an_exception_is_told_by_type_and_place_and_never_by_its_message(log: Log) -> None:
    def choke() -> None:
        raise ValueError("Айгүл Серікова")

    try:
        choke()
    except ValueError:
        structlog.get_logger().exception("turn failed")
        logging.getLogger("aiohttp.server").exception("failed")

    first, second = log.lines
    assert (first["error"], second["error"]) == ("ValueError", "ValueError")
    assert first["where"][-1].startswith("tests/unit/test_logs.py:")
    assert "Айгүл" not in log.text


def test_of_an_error_of_the_system_its_own_words_are_kept(log: Log) -> None:
    try:
        raise OSError(28, "No space left on device", "/srv/kezek/Айгүл")
    except OSError as error:
        structlog.get_logger().error("commit", exc_info=error)

    assert log.lines[0]["error"] == "OSError: No space left on device"


def test_only_the_first_line_of_a_librarys_message_is_kept(log: Log) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: ValueError('Айгүл')")

    assert log.lines[0]["event"] == "Task exception was never retrieved"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("iin 171009600012 given", "iin ••• given"),
        ("171009-600 012", "•••"),
        ("chat_171009600012_opened", "chat_•••_opened"),
        ("from 192.168.100.200", "from •••"),
        ("call +7 (701) 555-01-01 now", "call ••• now"),
        ("87015550101", "•••"),
        ("bot7000000001:AAF-abcdefghijklmnopqrstuvwxyz012345/sendMessage", "bot•••/sendMessage"),
        ("Authorization: Bearer abc.def", "Authorization: •••"),
        ("postgresql+asyncpg://kezek:hush@db/kezek", "postgresql+asyncpg://•••@db/kezek"),
        ("2026-11-20T16:20:00", "2026-11-20T16:20:00"),
        ("took 12 ms of 1000", "took 12 ms of 1000"),
    ],
)
def test_what_looks_like_a_number_of_a_person_or_a_token_is_masked(written: str, shown: str) -> None:
    assert masked(written) == shown
