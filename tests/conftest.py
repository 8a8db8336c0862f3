"""What holds for every test: those whose server is missing are named, and with CI=true not forgiven."""

import logging
import os
from collections.abc import Iterator

import pytest
import structlog

from bot.memory import keep_for_good
from tests.services import SERVICES


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Whatever a test has set the logs to is over with it: their stream is closed then."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
        logging.captureWarnings(capture=False)
        root.handlers[:] = handlers
        root.setLevel(level)


NOT_RUN = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests that need a server this machine doesn't have."""
    missing = [name for name, find in SERVICES.items() if find() is None]
    for item in items:
        for name in missing:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"no {name} here: make deps says how to get it"))


def pytest_collection_finish() -> None:
    """The modules and all that was collected stay to the end: not to be looked at after each test."""
    keep_for_good()


class NotRun:
    """Notes the tests that were left out, in whichever process that was."""

    def __init__(self, noted: list[str]) -> None:
        self._noted = noted

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Of each test, also of those that another process reports."""
        # A failure that was expected counts as skipped too, but it was run.
        if report.skipped and not hasattr(report, "wasxfail"):
            self._noted.append(report.nodeid)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NOT_RUN] = []
    config.pluginmanager.register(NotRun(config.stash[NOT_RUN]))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a test that was not run fails the whole."""
    if session.config.stash[NOT_RUN] and _forbids_skips() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    not_run = config.stash[NOT_RUN]
    if not not_run:
        return
    terminalreporter.section(f"not run: {len(not_run)}", red=_forbids_skips(), yellow=not _forbids_skips())
    for nodeid in not_run:
        terminalreporter.line(nodeid)
    if _forbids_skips():
        terminalreporter.line("CI=true: a test that is not run is a failure")


def _forbids_skips() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}
