"""The look at a file in a process of its own: whatever happens there, an answer comes back."""

import asyncio
import sys
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.uploads.child import CPU_SECONDS, MEMORY_BYTES
from bot.uploads.look import look
from bot.uploads.sandbox import AT_ONCE, Sandbox
from bot.uploads.verdict import Fault, Fit, Unfit
from tests.fakes.pictures import a_dark_page, a_page, a_pdf

HANGS = "import time; time.sleep(60)"
FLOODS = "import sys\nwhile True: sys.stdout.buffer.write(b'x' * 1_000_000)"
DIES = "import os; os.kill(os.getpid(), 9)"


def told(answer: str) -> str:
    """A program that reads everything and answers with this."""
    return f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer})"


def running(program: str, patience_seconds: float = 20) -> Sandbox:
    """A sandbox in which another program runs in place of the look."""
    return Sandbox((sys.executable, "-c", program), patience_seconds)


async def fault_in(sandbox: Sandbox, content: bytes = b"x") -> Fault:
    with pytest.raises(Unfit) as unfit:
        await sandbox.look(content, "", "document")
    return unfit.value.fault


async def limits_in(program: str) -> tuple[int | None, bytes]:
    """How a program ends that has given itself the limits of the look, and what it says."""
    limited = f"from bot.uploads.child import limit\nlimit()\n{program}"
    root = Path(__file__).resolve().parents[2]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", limited, cwd=root, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode, said


async def test_a_picture_and_a_pdf_look_as_they_do_without_the_sandbox() -> None:
    sandbox = Sandbox()

    assert await sandbox.look(a_page(), "бет.jpg", "document") == look(a_page(), "", "document")
    assert await sandbox.look(a_pdf(2), "", "document") == look(a_pdf(2), "", "document")


async def test_what_is_wrong_with_a_file_comes_back() -> None:
    assert await fault_in(Sandbox(), a_dark_page()) == "too_dark"


async def test_a_name_of_any_kind_gets_there() -> None:
    fit = await Sandbox().look(a_page(), 'a\n"{b}" \N{PAPERCLIP}.jpg', "portrait")

    assert fit.pages == 1


async def test_a_file_that_hangs_the_process_is_broken_and_the_process_is_gone() -> None:
    began = time.monotonic()

    with capture_logs() as logged:
        assert await fault_in(running(HANGS, 0.3)) == "broken"

    assert time.monotonic() - began < 10
    assert [line["event"] for line in logged] == ["a look took too long"]


@pytest.mark.parametrize(
    "program",
    [
        DIES,
        FLOODS,
        "",
        "raise SystemExit(3)",
        told("b'hello'"),
        told("b'[]\\n'"),
        told("""b'{"fault": "hungry"}\\n'"""),
        told("""b'{"content_type": "text/html", "pages": 1, "size": 1}\\nx'"""),
        told("""b'{"content_type": "image/jpeg", "pages": 0, "size": 1}\\nx'"""),
        told("""b'{"content_type": "image/jpeg", "pages": 1, "size": 2}\\nx'"""),
        told("""b'{"content_type": "image/jpeg", "pages": 1, "size": 0}\\n'"""),
    ],
)
async def test_a_process_that_makes_no_sense_means_a_broken_file(program: str) -> None:
    assert await fault_in(running(program), b"x" * 1_000_000) == "broken"


async def test_an_answer_counts_although_the_question_was_not_read() -> None:
    answer = """b'{"content_type": "image/jpeg", "pages": 1, "size": 1}\\nx'"""
    program = f"import sys; sys.stdout.buffer.write({answer})"

    assert await running(program).look(b"x" * 1_000_000, "", "document") == Fit(b"x", "image/jpeg")


async def test_the_sandbox_works_on_after_a_file_that_broke_it() -> None:
    sandbox = Sandbox(patience_seconds=0.01)
    faults = [await fault_in(sandbox, a_page()) for _ in range(AT_ONCE + 1)]
    sandbox = Sandbox()

    assert faults == ["broken"] * (AT_ONCE + 1)
    assert (await sandbox.look(a_page(), "", "document")).pages == 1


async def test_no_more_than_two_files_are_looked_at_at_once(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys, time\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "mine = folder / str(os.getpid())\n"
        "mine.touch()\n"
        "here = len(list(folder.iterdir()))\n"
        "time.sleep(0.2)\n"
        "mine.unlink()\n"
        """sys.stdout.write('{"content_type": "image/jpeg", "pages": %d, "size": 1}\\nx' % here)"""
    )
    sandbox = running(program)

    fits = await asyncio.gather(*(sandbox.look(b"x", "", "document") for _ in range(5)))

    assert max(fit.pages for fit in fits) == AT_ONCE


async def test_whoever_stops_waiting_leaves_no_process_behind(tmp_path: Path) -> None:
    program = f"import os, pathlib\npathlib.Path({str(tmp_path)!r}, str(os.getpid())).touch()\n{HANGS}"
    looking = asyncio.create_task(running(program).look(b"x", "", "document"))
    while not list(tmp_path.iterdir()):
        await asyncio.sleep(0.01)
    (started,) = tmp_path.iterdir()

    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)

    assert not Path("/proc", started.name).exists()


async def test_the_process_knows_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEZEK_SECRET_KEY", "a secret for the tests")
    program = (
        "import os, sys\nknown = sum(name.startswith('KEZEK') for name in os.environ)\n"
        """sys.stdout.write('{"content_type": "image/jpeg", "pages": %d, "size": 1}\\nx' % (known + 1))"""
    )

    assert (await running(program).look(b"x", "", "document")).pages == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process maps")
async def test_the_process_gets_only_so_much_memory() -> None:
    fits = await limits_in(f"bytearray({MEMORY_BYTES // 2})")
    too_much, said = await limits_in(f"bytearray({MEMORY_BYTES})")

    assert (fits[0], too_much) == (0, 1)
    assert b"MemoryError" in said


async def test_the_process_writes_no_file_and_has_only_so_much_time(tmp_path: Path) -> None:
    code, said = await limits_in(f"import pathlib\npathlib.Path({str(tmp_path / 'x')!r}).write_text('x')")
    limits = "import resource; raise SystemExit(resource.getrlimit(resource.RLIMIT_%s)[0])"

    assert (code, b"File too large" in said) == (1, True)
    assert (await limits_in(limits % "CPU"))[0] == CPU_SECONDS
    assert (await limits_in(limits % "CORE"))[0] == 0
