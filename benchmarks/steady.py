"""A steady load of the webhook: so many "check my place" a second, whether the answers come quickly or not.

    python -m benchmarks.steady PORT SECONDS RATE FIRST_UPDATE

Latencies run from the instant at which an update was due, so that a service that stalls is not asked less. It
prints what `benchmarks.telegram.Load` holds, in JSON.
"""

import asyncio
import sys
from time import perf_counter

import orjson
import uvloop

from benchmarks.presser import HEAD, status_of, tell
from benchmarks.telegram import CHATS, CONNECTIONS, FIRST_CHAT, SECRET, WEBHOOK_PATH

_LONGEST_ANSWER = 20.0


class Steady:
    """All connections together: what is due when, and how the answers came."""

    def __init__(self, rate: int, number: int, first_update: int) -> None:
        self._begin = perf_counter() + 0.1
        self._due = iter([(nth / rate, first_update + nth) for nth in range(number)])
        self.times: list[float] = []
        self.refused = self.broken = 0

    async def connection(self, port: int) -> None:
        """Send whatever is due next when it is due, and wait for the answer, over one connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for after, update_id in self._due:
            due = self._begin + after
            await asyncio.sleep(max(0.0, due - perf_counter()))
            writer.write(request(update_id))
            try:
                status = await asyncio.wait_for(status_of(reader), _LONGEST_ANSWER)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                self.broken += 1
                return
            self.times.append((perf_counter() - due) * 1000)
            self.refused += status != 200
        writer.close()


def request(update_id: int) -> bytes:
    """ "/check" of the next chat, as Telegram would post it."""
    chat = FIRST_CHAT + update_id % CHATS
    message = {
        "message_id": update_id,
        "from": {"id": chat, "is_bot": False, "first_name": "Person", "language_code": "ru"},
        "chat": {"id": chat, "first_name": "Person", "type": "private"},
        "date": 1795000000,
        "text": "/check",
        "entities": [{"offset": 0, "length": 6, "type": "bot_command"}],
    }
    body = orjson.dumps({"update_id": update_id, "message": message})
    return HEAD.format(path=WEBHOOK_PATH, secret=SECRET, length=len(body)).encode() + body


async def main(port: int, seconds: int, rate: int, first_update: int) -> None:
    """Send, and tell."""
    steady = Steady(rate, seconds * rate, first_update)
    await asyncio.gather(*(steady.connection(port) for _ in range(CONNECTIONS)))
    tell(steady.times, steady.refused, steady.broken)


if __name__ == "__main__":
    uvloop.run(main(*map(int, sys.argv[1:])))
