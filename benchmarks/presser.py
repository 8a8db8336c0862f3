"""The load of a rush: each line of a file is pressed once, by so many connections, until each is answered.

    python -m benchmarks.presser PORT FILE FIRST_UPDATE CONNECTIONS

A line is a chat, a space and what the button carries. It prints what `benchmarks.telegram.Load` holds, in
JSON.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import orjson
import uvloop

from benchmarks.telegram import SECRET, WEBHOOK_PATH

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {length}\r\n\r\n"
)
_LONGEST_ANSWER = 20.0


class Presser:
    """All connections together: what is left to press, and how the answers came."""

    def __init__(self, presses: Iterator[bytes]) -> None:
        self._presses = presses
        self.times: list[float] = []
        self.refused = self.broken = 0

    async def connection(self, port: int) -> None:
        """Press and wait for the answer, again and again, over one connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for press in self._presses:
            started = perf_counter()
            writer.write(press)
            try:
                status = await asyncio.wait_for(status_of(reader), _LONGEST_ANSWER)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                self.broken += 1
                return
            self.times.append((perf_counter() - started) * 1000)
            self.refused += status != 200
        writer.close()


async def status_of(reader: asyncio.StreamReader) -> int:
    """The status of the next answer, which is read to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


def request(update_id: int, line: str) -> bytes:
    """The update of a press, as Telegram would post it."""
    chat, data = line.split(" ")
    person = {"id": int(chat), "is_bot": False, "first_name": "Person", "language_code": "ru"}
    # No message of this id was ever sent: each press is answered by a new one.
    message = {
        "message_id": 999_999_999,
        "chat": {"id": int(chat), "type": "private"},
        "date": 1795000000,
        "text": "x",
    }
    query = {"id": str(update_id), "from": person, "message": message, "chat_instance": "1", "data": data}
    body = orjson.dumps({"update_id": update_id, "callback_query": query})
    return HEAD.format(path=WEBHOOK_PATH, secret=SECRET, length=len(body)).encode() + body


def tell(times: list[float], refused: int, broken: int) -> None:
    """Print what `benchmarks.telegram.Load` holds; `times` in milliseconds."""
    hundredths = quantiles(times, n=100)
    told = {
        "acknowledged": len(times) - refused,
        "refused": refused,
        "broken": broken,
        "p50": hundredths[49],
        "p99": hundredths[98],
    }
    print(orjson.dumps(told).decode())


async def main(port: int, file: Path, first_update: int, connections: int) -> None:
    """Press, and tell."""
    lines = file.read_text().splitlines()
    presser = Presser(iter([request(first_update + nth, line) for nth, line in enumerate(lines)]))
    await asyncio.gather(*(presser.connection(port) for _ in range(connections)))
    tell(presser.times, presser.refused, presser.broken)


if __name__ == "__main__":
    port, file, first_update, connections = sys.argv[1:]
    uvloop.run(main(int(port), Path(file), int(first_update), int(connections)))
