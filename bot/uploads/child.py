"""The process that looks at one file: `python -m bot.uploads.child`, a question in, an answer out.

It gives itself narrow limits before it reads anything. Its environment is empty: the service's secrets
are not in it.
"""

import resource
import sys

MEMORY_BYTES = 1024 * 1024 * 1024
"""Room for 40 megapixels with transparency, twice over, and for what the decoders need themselves."""

CPU_SECONDS = 15


def limit() -> None:
    """No more memory and time than a file is worth; nothing is written to the disk, also not at a crash."""
    if sys.platform == "linux":
        # Others refuse a limit below what a process has mapped already.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Look at what comes in."""
    limit()
    from bot.uploads.frames import answer, read_question
    from bot.uploads.look import look
    from bot.uploads.verdict import Fit, Unfit

    verdict: Fit | Unfit
    try:
        verdict = look(*read_question(sys.stdin.buffer.read()))
    except Unfit as unfit:
        verdict = unfit
    sys.stdout.buffer.write(answer(verdict))


if __name__ == "__main__":
    main()
