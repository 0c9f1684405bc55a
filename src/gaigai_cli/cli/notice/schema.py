"""``gaigai schema``: the JSON Schemas of the data files."""

import json
from typing import Annotated

import typer

from gaigai_cli.cli import typed
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.run import given
from gaigai_cli.errors import shown
from gaigai_cli.model.schema import FILES, schema
from gaigai_cli.words.typed import typed_path

_NAMES = {name: name for name in FILES}


def schema_names() -> list[tuple[str, str]]:
    """The names to complete."""
    return [(name, file.title) for name, file in FILES.items()]


def schema_command(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="名称",
            help="tasks、departments、rules、reviewers 或 log；不写则为全部",
            autocompletion=schema_names,
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="目录", help="写到这个目录，文件名为“名称.schema.json”"),
    ] = None,
) -> None:
    """Print one schema, or an object of all by name; ``--out`` writes files instead."""
    output = Output(color=not given(ctx).get("no_color"))
    names = list(FILES) if name is None else [typed.choice(name, _NAMES, "名称")]
    if out is not None:
        from gaigai_cli.store.write import NewFile, replace_all

        folder = typed_path(out)
        replace_all(
            NewFile(folder / f"{each}.schema.json", as_text(each).encode()) for each in names
        )
        output.message(
            f"已写入 {shown(folder)}：{'、'.join(f'{each}.schema.json' for each in names)}。"
        )
    elif name is not None:
        output.document(as_text(names[0]))
    else:
        output.json({each: schema(each) for each in names})


def as_text(name: str) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
