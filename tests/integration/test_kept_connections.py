"""Connections that are kept: whatever a server does, each question has its own answer or a clear fault."""

import asyncio
import socket
import ssl
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels import kept_connections
from bot.channels.kept_connections import KeptConnections, NoWholeAnswer

WAIT = 5.0
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
Answer = Callable[[bytes, Reader, Writer], Awaitable[None]]


class Server:
    """Answers each request as it is told. `requests` are heads, `connections` says how many were opened."""

    def __init__(self, answer: Answer) -> None:
        self.connections = 0
        self.requests: list[str] = []
        self.url = ""
        self._answer = answer
        self._serving: set[asyncio.Task[None]] = set()

    def accept(self, reader: Reader, writer: Writer) -> None:
        self.connections += 1
        self._serving.add(asyncio.create_task(self._serve(reader, writer)))

    async def end(self) -> None:
        for each in self._serving:
            each.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = int(head.lower().partition("content-length:")[2].split()[0])
                self.requests.append(head)
                await self._answer(await reader.readexactly(length), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return  # the other side has had enough
        finally:
            writer.transport.abort()


@asynccontextmanager
async def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(answer)
    listener = await asyncio.start_server(server.accept, "127.0.0.1", 0, ssl=tls)
    scheme = "https" if tls else "http"
    server.url = f"{scheme}://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listener.close()
        await server.end()


def whole(body: bytes, head: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"%b\r\nContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


async def echo(body: bytes, _: Reader, writer: Writer) -> None:
    writer.write(whole(body))


def says(*parts: bytes, ends: bool = False) -> Answer:
    """The same bytes whatever was asked, each part by itself."""

    async def answer(body: bytes, reader: Reader, writer: Writer) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        if ends:
            writer.close()

    return answer


@asynccontextmanager
async def kept(server: Server) -> AsyncIterator[KeptConnections]:
    connections = KeptConnections(server.url)
    yield connections
    await connections.close()


async def test_one_connection_serves_question_after_question() -> None:
    async with serving(echo) as server, kept(server) as connections:
        answers = [await connections.post("/a", b"%d" % number, WAIT) for number in range(20)]

    assert answers == [b"%d" % number for number in range(20)]
    assert server.connections == 1


async def test_questions_at_one_time_have_a_connection_each_and_their_own_answer() -> None:
    async with serving(echo) as server, kept(server) as connections:
        for _ in range(3):
            asked = (connections.post("/a", b"%d" % number, WAIT) for number in range(20))
            assert await asyncio.gather(*asked) == [b"%d" % number for number in range(20)]

    assert server.connections == 20


async def test_a_request_names_the_host_and_the_path_below_the_server_s_own() -> None:
    async with serving(echo) as server:
        connections = KeptConnections(f"{server.url}/behind/")
        await connections.post("/bot7:a b/getMe", b"{}", WAIT)
        await connections.close()

    [head] = server.requests
    assert head.startswith("POST /behind/bot7:a%20b/getMe HTTP/1.1\r\n")
    assert f"\r\nHost: {server.url.removeprefix('http://')}\r\n" in head
    assert "\r\nContent-Type: application/json\r\n" in head


@pytest.mark.parametrize(
    "parts",
    [
        [bytes([each]) for each in whole(b'{"ok":true}')],
        [
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            b'5\r\n{"ok"\r\n',
            b"6\r\n:true}\r\n0\r\n\r\n",
        ],
        [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", whole(b'{"ok":true}')],
        [whole(b'{"ok":true}', b"HTTP/1.1 502 Bad Gateway")],
    ],
    ids=["byte by byte", "in chunks", "after news", "with a status that is no success"],
)
async def test_an_answer_is_read_to_its_end_however_it_comes(parts: list[bytes]) -> None:
    async with serving(says(*parts)) as server, kept(server) as connections:
        answers = [await connections.post("/a", b"{}", WAIT) for _ in range(3)]

    assert answers == [b'{"ok":true}'] * 3
    assert server.connections == 1


@pytest.mark.parametrize(
    ("parts", "ends", "reason"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"], True, "closed"),
        ([], True, "closed"),
        ([b"<html>no HTTP at all</html>\r\n\r\n"], False, "garbage"),
        ([b"HTTP/1.1 101 Switching\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\nfoo"], False, "garbage"),
    ],
    ids=["half of it", "none", "no HTTP", "another protocol"],
)
async def test_what_is_no_whole_answer_is_a_fault_and_the_end_of_its_connection(
    parts: list[bytes], ends: bool, reason: str
) -> None:
    async with serving(says(*parts, ends=ends)) as server, kept(server) as connections:
        for _ in range(2):
            with pytest.raises(NoWholeAnswer, match=f"^{reason}$"):
                await connections.post("/a", b"{}", WAIT)

    assert server.connections == 2


async def test_an_answer_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_connections, "LARGEST_ANSWER", 100)
    async with serving(says(whole(b"x" * 100))) as server, kept(server) as connections:
        assert len(await connections.post("/a", b"{}", WAIT)) == 100
    async with serving(says(whole(b"x" * 101))) as server, kept(server) as connections:
        with pytest.raises(NoWholeAnswer, match="too large"):
            await connections.post("/a", b"{}", WAIT)


@pytest.mark.parametrize("by", ["its word", "its deed"])
async def test_a_connection_that_the_server_closes_is_not_used_again(by: str) -> None:
    closing = whole(b"{}", b"HTTP/1.1 200 OK\r\nConnection: close")
    parts = closing if by == "its word" else whole(b"{}")
    async with serving(says(parts, ends=by == "its deed")) as server, kept(server) as connections:
        for _ in range(3):
            assert await connections.post("/a", b"{}", WAIT) == b"{}"
            async with asyncio.timeout(WAIT):
                while connections._idle and connections._idle[-1].reusable:
                    await asyncio.sleep(0)

    assert server.connections == 3


async def test_silence_ends_in_a_time_out_and_a_late_answer_is_nobody_s() -> None:
    speaks = asyncio.Event()

    async def late_once(body: bytes, reader: Reader, writer: Writer) -> None:
        if body == b"late":
            await speaks.wait()
        writer.write(whole(body))

    async with serving(late_once) as server, kept(server) as connections:
        with pytest.raises(NoWholeAnswer, match="TimeoutError"):
            await connections.post("/a", b"late", 0.02)
        speaks.set()
        assert await connections.post("/a", b"next", WAIT) == b"next"

    assert server.connections == 2


async def test_whoever_gives_up_waiting_leaves_no_answer_to_the_next() -> None:
    asked, speaks = asyncio.Event(), asyncio.Event()

    async def late_once(body: bytes, reader: Reader, writer: Writer) -> None:
        if body == b"late":
            asked.set()
            await speaks.wait()
        writer.write(whole(body))

    async with serving(late_once) as server, kept(server) as connections:
        waiting = asyncio.create_task(connections.post("/a", b"late", WAIT))
        await asked.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        speaks.set()
        assert await connections.post("/a", b"next", WAIT) == b"next"


async def test_the_beginning_of_what_nobody_asked_for_makes_no_next_answer_with_its_rest() -> None:
    unasked = whole(b"unasked")

    async def talkative(body: bytes, reader: Reader, writer: Writer) -> None:
        writer.write(whole(body) + unasked[:-3] if body == b"first" else unasked[-3:] + whole(body))

    async with serving(talkative) as server, kept(server) as connections:
        assert await connections.post("/a", b"first", WAIT) == b"first"
        with suppress(NoWholeAnswer):
            assert await connections.post("/a", b"next", WAIT) != b"unasked"

    assert server.connections == 2


@pytest.mark.parametrize("apart", [True, False])
async def test_what_nobody_asked_for_is_not_taken_for_the_next_answer(apart: bool) -> None:
    said, came = asyncio.Event(), asyncio.Event()

    async def talkative(body: bytes, reader: Reader, writer: Writer) -> None:
        if body != b"first":
            writer.write(whole(body))
        elif apart:
            writer.write(whole(body))
            await came.wait()
            writer.write(whole(b"unasked"))
        else:
            writer.write(whole(body) + whole(b"unasked"))
        said.set()

    async with serving(talkative) as server, kept(server) as connections:
        assert await connections.post("/a", b"first", WAIT) == b"first"
        came.set()
        await said.wait()
        async with asyncio.timeout(WAIT):
            while connections._idle and connections._idle[-1].reusable:
                await asyncio.sleep(0)
        assert await connections.post("/a", b"next", WAIT) == b"next"

    assert server.connections == 2


async def test_what_has_been_idle_for_long_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(echo) as server, kept(server) as connections:
        await asyncio.gather(*(connections.post("/a", b"{}", WAIT) for _ in range(3)))
        monkeypatch.setattr(kept_connections, "KEPT_SECONDS", 0.0)
        await connections.post("/a", b"{}", WAIT)

        assert len(connections._idle) == 1
    assert server.connections == 4


async def test_nothing_stays_open_when_they_are_closed_while_one_is_in_use() -> None:
    asked, speaks, gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(body: bytes, reader: Reader, writer: Writer) -> None:
        asked.set()
        await speaks.wait()
        writer.write(whole(body))
        assert await reader.read() == b""
        gone.set()

    async with serving(slow) as server:
        connections = KeptConnections(server.url)
        waiting = asyncio.create_task(connections.post("/a", b"last", WAIT))
        await asked.wait()
        await connections.close()
        speaks.set()
        assert await waiting == b"last"
        async with asyncio.timeout(WAIT):
            await gone.wait()


async def test_a_server_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(NoWholeAnswer, match="ConnectionRefusedError"):
        await KeptConnections("http://127.0.0.1:9").post("/a", b"{}", WAIT)


async def test_an_address_that_leads_nowhere_does_not_hide_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def both(*_: object, **__: object) -> list[object]:
        tcp = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        return [(*tcp, silent.getsockname()), (*tcp, ("127.0.0.1", port))]

    async with serving(echo) as server:
        port = int(server.url.rpartition(":")[2])
        with ExitStack() as opened:
            silent = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
            for _ in range(3):  # more than it takes: what comes after them is never answered
                asking = opened.enter_context(socket.socket())
                asking.setblocking(False)
                asking.connect_ex(silent.getsockname())
            monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
            connections = KeptConnections(f"http://two.example:{port}")
            assert await connections.post("/a", b"{}", WAIT) == b"{}"
            await connections.close()


async def test_over_tls_a_server_has_to_be_who_it_says_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    async with serving(echo, tls) as server:
        async with kept(server) as connections:
            with pytest.raises(NoWholeAnswer, match="SSLCertVerificationError"):
                await connections.post("/a", b"{}", WAIT)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with kept(server) as connections:
            assert [await connections.post("/a", b"{}", WAIT) for _ in range(2)] == [b"{}"] * 2


def _certificate(folder: Path) -> Path:
    """Of this machine by its number, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kezek's tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "of_this_machine.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
