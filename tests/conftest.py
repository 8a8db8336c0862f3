"""What holds for every test: those whose server is missing are named, and with CI=true not forgiven."""

import logging
import os
from collections.abc import Generator, Iterator

import pytest
import structlog

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


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NOT_RUN] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    # A failure that was expected counts as skipped too, but it was run.
    if report.skipped and not hasattr(report, "wasxfail"):
        item.config.stash[NOT_RUN].append(item.nodeid)
    return report


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
