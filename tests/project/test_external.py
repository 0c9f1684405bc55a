"""The marker ``external``: skipped with a reason, and failed where nothing external may be missing."""

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parent.parent / "conftest.py"
CASES = """
import pytest

@pytest.mark.external("no-such-program")
def test_missing():
    raise AssertionError("runs only where the program is")

@pytest.mark.external("git")
def test_present():
    pass

@pytest.mark.external("git")
def test_skips_itself():
    pytest.skip("no server")

@pytest.mark.external
@pytest.mark.xfail
def test_known_to_fail():
    raise AssertionError

@pytest.mark.skip(reason="not external")
def test_other():
    pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = external")
    pytester.makepyfile(CASES)
    return pytester


def test_missing_program_skips(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("-ra", "-p", "no:cacheprovider")

    result.assert_outcomes(passed=1, skipped=3, xfailed=1)
    result.stdout.fnmatch_lines(["SKIPPED*no-such-program is not installed"])


def test_missing_program_fails_where_all_are_required(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAIGAI_REQUIRE_EXTERNAL", "1")

    result = project.runpytest_inprocess("-ra", "-p", "no:cacheprovider")

    # A test that is skipped before it runs counts as an error, one that skips itself as a failure.
    result.assert_outcomes(passed=1, failed=1, errors=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*was skipped: Skipped: no-such-program is not installed"])
    result.stdout.fnmatch_lines(["*was skipped: Skipped: no server"])
