"""What every test gets: an environment without settings, the program, and the marker ``external``."""

import gc
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from filelock import FileLock
from hypothesis import is_hypothesis_test, settings

from tests.program import Gaigai, Run, SameAsFile, in_process, same_as_file

pytest_plugins = ["pytester"]

# No test may depend on how fast a machine is.
settings.register_profile("in short", deadline=None, max_examples=24)
settings.register_profile("thorough", deadline=None, max_examples=400)
# Before the tests are collected, which takes seconds: most of what a test run makes is never in a cycle.
gc.set_threshold(50_000, 20, 100)
# Tests start some hundred processes of the program; each would compile all of it.
sys.dont_write_bytecode = False

ROOT = Path(__file__).parents[1]

MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
# Tests write thousands of small files: where no disk is waited for, if there is room. Once a test has passed they go.
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

REQUIRE_EXTERNAL = "GAIGAI_REQUIRE_EXTERNAL"
# Read before the fixture below takes it away.
EXTERNAL_IS_REQUIRED = REQUIRE_EXTERNAL in os.environ


# After most commands git starts two processes more, only to find that there is nothing to tidy up; no disk need keep
# what tests write, and no repository the fourteen examples of hooks, which are copied with each.
GIT_SETTINGS = """\
[core]
	fsync = none
[init]
	templateDir =
[gc]
	auto = 0
[maintenance]
	auto = false
[receive]
	autogc = false
"""

SETTINGS_OF_OTHERS = ("COLUMNS", "LINES", "NO_COLOR", "EDITOR", "VISUAL")


@pytest.fixture(autouse=True, scope="session")
def _no_settings(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Whoever runs the tests may have settings for the program or for git; no test sees them."""
    git_settings = tmp_path_factory.mktemp("git") / "settings"
    git_settings.write_text(GIT_SETTINGS, encoding="utf-8", newline="\n")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GAIGAI_")]:
            patch.delenv(name)
        for name in (*SETTINGS_OF_OTHERS, "PYTHONDONTWRITEBYTECODE"):
            patch.delenv(name, raising=False)
        patch.setenv("GIT_CONFIG_GLOBAL", str(git_settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for name in ("XDG_CONFIG_HOME", "APPDATA"):  # where the person's own file would be
            patch.setenv(name, str(git_settings.parent))
        # A command to be pasted is quoted for sh on Windows too.
        patch.setenv("MSYSTEM", "MINGW64")
        yield


@pytest.fixture(autouse=True, scope="session")
def _nothing_twice() -> Generator[None]:
    """Runs in this process share what is the same for all of them."""
    # xdist's main process does without all that it imports.
    from tests.sparing import do_nothing_twice

    with pytest.MonkeyPatch.context() as patch:
        do_nothing_twice(patch)
        yield


def pytest_collection_finish() -> None:
    """All modules are imported now: the collector need not look through them again and again."""
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update``: outputs kept as files are written anew; read what git says has changed."""
    parser.addoption("--update", action="store_true", help="write the kept outputs anew")
    parser.addoption(
        "--thorough",
        action="store_true",
        help="try more random cases and what takes long, as CI does",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Before the tests are collected, which take it as it then is."""
    settings.load_profile("thorough" if config.getoption("--thorough") else "in short")


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether as many random cases are to be tried as CI tries."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture(name="same_as_file")
def _same_as_file(request: pytest.FixtureRequest) -> SameAsFile:
    """``same_as_file(output, path)``: the whole output against a kept file."""
    return same_as_file(update=bool(request.config.getoption("--update")))


@pytest.fixture
def gaigai(monkeypatch: pytest.MonkeyPatch) -> Gaigai:
    """``gaigai("list", "--dept", "县住建局", COLUMNS="80")``: status, standard output, standard error."""

    def program(*words: str, **settings: str) -> Run:
        return in_process(monkeypatch, *words, **settings)

    return program


@pytest.fixture(scope="session")
def ready_program(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Generator[dict[str, str]]:
    """Settings with which ``python -m gaigai_cli`` is quick, whoever starts it; none where processes can't fork.

    All workers of a run ask one process, which ends when none of them holds its pipe any more.
    """
    if not hasattr(os, "fork"):
        yield {}
        return
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    address, held = folder / "ready", folder / "ready-held"
    words = [sys.executable, "-m", "tests.ready.server", str(address), str(held)]
    with ExitStack() as stack:
        with FileLock(folder / "ready-lock"):
            if not held.exists():
                os.mkfifo(held)
            try:
                handle = os.open(held, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody reads it
                server = Popen(words, cwd=ROOT, stdout=PIPE)
                stack.enter_context(server)
                assert server.stdout is not None
                assert server.stdout.readline() == b"ready\n"
                handle = os.open(held, os.O_WRONLY)
            stack.callback(os.close, handle)
        yield {"READY_PROGRAM": str(address), "PYTHONPATH": str(ROOT / "tests/ready")}


@pytest.fixture
def ready(ready_program: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks and drivers start the program without Python and imports. Not for a test of how it is started."""
    for name, value in ready_program.items():
        monkeypatch.setenv(name, value)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked ``thorough``, unless all is to be tried; measure no coverage by chance.

    What only random cases run has no test of its own, and measuring doubles the time that they take.
    """
    for item in items:
        if isinstance(item, pytest.Function) and _is_random(item):
            item.add_marker("no_cover")
    if not config.getoption("--thorough"):
        left = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]


def _is_random(item: pytest.Function) -> bool:
    """Whether a test draws its cases, so that ``thorough`` means more of them."""
    return "thorough" in item.fixturenames or is_hypothesis_test(item.function)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked ``external`` where one of its programs is missing."""
    for marker in item.iter_markers("external"):
        for program in marker.args:
            if shutil.which(program) is None:
                pytest.skip(f"{program} is not installed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where all external programs must be there (in CI), a skipped external test is a failed one."""
    report = yield
    required = EXTERNAL_IS_REQUIRED and item.get_closest_marker("external") is not None
    if required and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{REQUIRE_EXTERNAL} is set, but this test was skipped: {reason}"
    return report
