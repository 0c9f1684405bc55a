"""Wrong use, as typer's parser finds it, told in Chinese: one sentence and the remedy."""

from typing import Any

import typer

from gaigai_cli.errors import GaigaiError


def in_chinese(error: typer.TyperException) -> GaigaiError:
    """Return the error that the user reads for one that typer raised. Its own English words are never used."""
    tell = _TELLERS.get(type(error).__name__, _other)
    return tell(error)


def _no_such_option(error: Any) -> GaigaiError:
    near = "、".join(error.possibilities or ())
    hint = f"是否要写 {near}？" if near else ""
    return GaigaiError(f"没有 {error.option_name} 这个选项", hint + _see_help(error))


def _bad_option_usage(error: Any) -> GaigaiError:
    name = error.option_name
    option = _option(error, name)
    if option is not None and option.is_flag:
        return GaigaiError(f"选项 {name} 后面不带值", f"只写 {name} 即可")
    what = option.metavar if option is not None and option.metavar else "值"
    return GaigaiError(f"选项 {name} 后面缺少{what}", _see_help(error))


def _missing_parameter(error: Any) -> GaigaiError:
    param = error.param
    name = param.metavar or param.opts[0]
    return GaigaiError(f"缺少{name}", _see_help(error))


def _bad_parameter(error: Any) -> GaigaiError:
    param = error.param
    name = (param.metavar or param.opts[0]) if param is not None else "参数"
    return GaigaiError(f"{name}的值不对", _see_help(error))


def _other(error: Any) -> GaigaiError:
    ctx = getattr(error, "ctx", None)
    if ctx is not None and ctx.parent is None:
        return GaigaiError("没有写明命令", "运行 gaigai --help 查看全部命令")
    return GaigaiError("命令的写法不对", _see_help(error))


_TELLERS = {
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option_usage,
    "MissingParameter": _missing_parameter,
    "BadParameter": _bad_parameter,
}


def _option(error: Any, name: str) -> Any:
    params = error.ctx.command.get_params(error.ctx) if error.ctx is not None else ()
    return next((param for param in params if name in param.opts), None)


def _see_help(error: Any) -> str:
    path = error.ctx.command_path if error.ctx is not None else "gaigai"
    return f"运行 {path} --help 查看用法"
