"""``gaigai collect``: filled-in forms back into records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from gaigai_cli.cli import writing_options as o
from gaigai_cli.cli.form import period
from gaigai_cli.cli.session import Session
from gaigai_cli.cli.writing import day_of, writing_session
from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    from gaigai_cli.cli.collecting import Collector
    from gaigai_cli.cli.output import Output
    from gaigai_cli.forms.outcome import Outcome
    from gaigai_cli.forms.returned import Returned

_SUFFIXES = (".xlsx", ".xlsm")
_OLD = (".xls", ".et", ".ods")
"""What forms become where somebody saves them as something else."""


def collect(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="文件", help="退回的报送表，或存放报送表的文件夹，可写几个"),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="月份", help="只收哪个月的表；不写则以多数表的月份为准"),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="只看哪些单位已交、未交、哪些事项空着，不登记")
    ] = False,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="日期",
            help="收到报送表的日期，表上没有填报日期的按它登记；不写则为今天",
        ),
    ] = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Record what was filled in, unit by unit; what doesn't fit is told by sheet and cell."""
    from gaigai_cli.render.collected import How, collected_page, standing_page

    session = writing_session(ctx)
    output = session.output
    if not paths and not status:
        raise GaigaiError("没有写明报送表在哪里", "请写文件或文件夹，如 gaigai collect 收件箱")
    found, broken = _read([Path(word).expanduser() for word in paths or ()])
    wanted = period(session, month) if month or not found else _month_of(found)
    if status:
        from gaigai_cli.forms.standing import standings

        _tell(output, broken)
        output.show(
            standing_page(list(standings(session.judgement, wanted, found)), wanted, output.width)
        )
        return
    collector = _collector(session, date=date, by=by, dry_run=dry_run)
    outcomes = _collected(collector, found, wanted)
    broken = [one for one in broken if one.path not in collector.attachments]
    how: How = "tried" if dry_run else "committed" if session.commit else "written"
    output.show(collected_page(outcomes, output.width, how))
    _tell(output, broken)
    if dry_run:
        output.message("以上是预演，没有写入任何文件。")
    if broken or any(outcome.failed for outcome in outcomes):
        raise typer.Exit(1)


class _NoForm(NamedTuple):
    """A file that isn't a form, and why, without the full stop."""

    path: Path
    why: str


def _tell(output: Output, broken: Sequence[_NoForm]) -> None:
    for one in broken:
        output.message(f"没有收：{one.why}。")


def _read(paths: Sequence[Path]) -> tuple[list[Returned], list[_NoForm]]:
    """Every form in the files and folders, each once, and the files that are none."""
    from gaigai_cli.forms.reading import read_form

    found: dict[str, Returned] = {}
    broken = []
    for path in dict.fromkeys(file for given in paths for file in _files(given)):
        try:
            if path.suffix.lower() not in _SUFFIXES:
                remedy = "是报送表的，请用 Excel 或 WPS 另存为 .xlsx 再交"
                raise GaigaiError(f"{path.name}不是 xlsx 文件", remedy)
            one = read_form(path.name, path.read_bytes())
        except GaigaiError as error:
            broken.append(_NoForm(path, str(error).removesuffix("。")))
        except OSError:
            broken.append(_NoForm(path, f"{path.name}不能读取，请检查权限"))
        else:
            one.path = path
            found.setdefault(one.sha256, one)
    return list(found.values()), broken


def _files(path: Path) -> list[Path]:
    """A file, or the forms of a folder and those below it; other files in a folder are attachments."""
    if not path.exists():
        raise GaigaiError(f"没有“{path}”这个文件或文件夹", "请核对路径")
    if not path.is_dir():
        return [path]
    inside = (file for file in sorted(path.rglob("*")) if file.is_file())
    sheets = (file for file in inside if file.suffix.lower() in (*_SUFFIXES, *_OLD))
    return [file for file in sheets if not file.name.startswith((".", "~$"))]


def _month_of(found: Sequence[Returned]) -> str:
    """The month of most forms; of equally many the later one."""
    counts = Counter(one.mark.month for one in found)
    return max(counts, key=lambda month: (counts[month], month))


def _collector(session: Session, *, date: str | None, by: str | None, dry_run: bool) -> Collector:
    from gaigai_cli.cli.collecting import Collector

    _demand_office(session)
    day = day_of(session, date)
    if day > session.today:
        raise GaigaiError(f"--date {day} 晚于今天", "请写收到报送表的日期")
    return Collector(session, day, by or _user(session), dry_run=dry_run)


def _collected(collector: Collector, found: Sequence[Returned], month: str) -> list[Outcome]:
    from gaigai_cli.cli.collecting import stray

    canonical = collector.session.ledger.departments.canonical
    outcomes = [stray(one, month) for one in found if one.mark.month != month]
    units: dict[str, list[Returned]] = {}
    for one in found:
        if one.mark.month == month:
            units.setdefault(canonical(one.mark.unit), []).append(one)
    return [*outcomes, *(collector.collect(unit, files) for unit, files in units.items())]


def _demand_office(session: Session) -> None:
    """Only the office enters what others send."""
    own, office = session.own_unit, session.ledger.office
    if own not in (None, office):
        raise GaigaiError(
            f"收表由{office}进行，本机设定的单位是{own}", "本单位的进展请用 gaigai update 记录"
        )


def _user(session: Session) -> str:
    from gaigai_cli.history.git import setting

    name = setting("user.name", session.data)
    if not name:
        raise GaigaiError("缺少登记人（--by）", "请写 --by 姓名，或设定 git config user.name")
    return name
