"""A test that is not run is named, and where CI=true it fails the run."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = (Path(__file__).parents[1] / "conftest.py").read_text()


@pytest.fixture
def one_skipped(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite of one test that runs and one that is left out."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makepyfile(
        """
        import pytest

        def test_runs(): pass

        @pytest.mark.skip(reason="no server")
        def test_is_left_out(): pass
        """
    )
    return pytester


def test_a_test_that_was_not_run_is_named(
    one_skipped: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)

    result = one_skipped.runpytest("-p", "no:cacheprovider")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*not run: 1*", "*::test_is_left_out"])


def test_in_ci_a_test_that_was_not_run_fails_the_whole(
    one_skipped: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")

    result = one_skipped.runpytest("-p", "no:cacheprovider")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
