"""The program's entry point, and the one place where failures end: one Chinese sentence and an exit status."""

import gc
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

import typer

from gaigai_cli.cli.commands import PROGRAM
from gaigai_cli.cli.complete import COMPLETE_VARIABLE
from gaigai_cli.cli.group import Group
from gaigai_cli.cli.output import Output, ReaderGone, prepare_streams, silence
from gaigai_cli.errors import GaigaiError, as_failure, with_stop

FAILED: Final = 2
INTERRUPTED: Final = 130

_DEBUG: Final = "GAIGAI_DEBUG"
_OURS: Final = "GAIGAI_"


def main() -> NoReturn:
    """Run the command line that the program was started with, and exit."""
    _open_streams()
    _read_names_as_utf_8()
    # A command is over before garbage could matter; collecting it costs a twentieth of the time.
    gc.disable()
    # We have no plugins for pydantic; looking for some reads what every installed package says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Libraries would tell in English, and with the words of whatever file they read, what they make of it.
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    _leave(run(sys.argv[1:]))


def _open_streams() -> None:
    """Let nothing be read, and what is printed go nowhere, where whoever started the program closed a stream.

    Schedulers do.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)


def _read_names_as_utf_8() -> None:
    """Begin again where a Unix locale (zh_CN.GBK) would have names of files be read otherwise than git writes them.

    The terminal keeps its encoding, and what was typed in it means what it says; a name that the shell has completed
    comes as it is written on the disk.
    """
    if os.name != "posix" or sys.getfilesystemencoding() == "utf-8":
        return
    words = [
        os.fsencode(word) if os.access(word, os.F_OK) else word.encode("utf-8", "surrogateescape")
        for word in sys.argv[1:]
    ]
    settings = {
        name: os.fsencode(value)
        if not name.startswith(_OURS)
        else value.encode("utf-8", "surrogateescape")
        for name, value in os.environ.items()
    }
    settings |= {"PYTHONUTF8": b"1", "PYTHONIOENCODING": f"{sys.stdout.encoding}:replace".encode()}
    program = os.fsencode(sys.executable)
    os.execve(program, [program, b"-m", b"gaigai_cli", *words], settings)


def _leave(status: int) -> NoReturn:
    """Exit at once: taking a large ledger apart object by object would cost a tenth of the time, for nothing."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the exit status of cli.md: 0 done, 1 errors found, 2 wrong use or failure."""
    prepare_streams()
    try:
        result = Group().run(arguments)
    except SystemExit as request:  # how typer ends a completion
        result = request.code
    except ReaderGone:
        silence(sys.stdout)
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        return _failed(error)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    """Tell a failure in one sentence; its exit status."""
    if isinstance(error, typer.TyperException):
        error = _in_chinese(error)
    if isinstance(error, GaigaiError | OSError):
        failure = as_failure(error)
        return _say(failure.message, failure.remedy, failure.exit_code)
    if os.environ.get(_DEBUG):
        import traceback

        Output().message("".join(traceback.format_exception(error)).rstrip())
    return _say(
        f"程序内部错误（{type(error).__name__}）",
        f"请设环境变量 {_DEBUG}=1 再运行一次，并把全部输出和所用命令报告给维护者",
    )


def _say(message: str, remedy: str, status: int = FAILED) -> int:
    if os.environ.get(COMPLETE_VARIABLE):
        return status
    lead = "" if status == INTERRUPTED else "错误："
    try:
        Output().message(with_stop(f"{lead}{message}。{remedy}"))
    except (ReaderGone, OSError):
        silence(sys.stderr)
    return status


def _in_chinese(error: Any) -> GaigaiError:
    """Return the error that the user reads for one that typer raised. Its own English words are never used."""
    ctx = getattr(error, "ctx", None)
    see_help = f"运行 {ctx.command_path if ctx is not None else PROGRAM} --help 查看用法"
    match type(error).__name__:
        case "NoSuchOption":
            near = "、".join(error.possibilities or ())
            hint = f"是否要写 {near}？" if near else ""
            return GaigaiError(f"没有 {error.option_name} 这个选项", hint + see_help)
        case "BadOptionUsage":
            name, params = error.option_name, ctx.command.get_params(ctx) if ctx else ()
            option = next((param for param in params if name in param.opts), None)
            if option is not None and option.is_flag:
                return GaigaiError(f"选项 {name} 后面不带值", f"只写 {name} 即可")
            what = option.metavar if option is not None and option.metavar else "值"
            return GaigaiError(f"选项 {name} 后面缺少{what}", see_help)
        case "MissingParameter":
            return GaigaiError(f"缺少{error.param.metavar or error.param.opts[0]}", see_help)
    if ctx is not None and ctx.parent is None:
        return GaigaiError("没有写明命令", f"运行 {PROGRAM} --help 查看全部命令")
    return GaigaiError("命令的写法不对", see_help)
