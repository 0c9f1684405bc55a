"""``gaigai schema``: the JSON Schemas of the data files."""

from typing import Final

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.run import Run, folder_named, takes
from gaigai_cli.errors import shown
from gaigai_cli.model.schema import FILES, schema_text
from gaigai_cli.model.schema import schema as schema_of
from gaigai_cli.work import values


def schema_names() -> list[tuple[str, str]]:
    """Return the names to complete."""
    return [(name, title) for name, (_, title) in FILES.items()]


_NAME: Final = Option(
    "名称",
    f"{'、'.join(list(FILES)[:-1])} 或 {list(FILES)[-1]}；不写则为全部",
    complete=schema_names,
)
_OUT: Final = Option(
    "--out", "写到这个目录，文件名为“名称.schema.json”；写了名称，又以 .json 结尾的，是文件", "目录"
)


@takes(_NAME, _OUT)
def schema(run: Run) -> None:
    """Print one schema, or an object of all by name; ``--out`` writes files instead."""
    output, name, out = run.output, run.word(_NAME), run.word(_OUT)
    names = list(FILES) if name is None else [values.choice(name, FILES, "名称")]
    if out is not None:
        from gaigai_cli.store.write import NewFile, replace_all

        there = folder_named(out, "json")
        run.refuse_unused()
        if name is not None and there.suffix == ".json":
            output.write(there, schema_text(names[0]).encode())
            return
        files = {f"{each}.schema.json": schema_text(each).encode() for each in names}
        replace_all(NewFile(there / file, text) for file, text in files.items())
        output.message(f"已写入 {shown(there)}：{'、'.join(files)}。")
    elif name is not None:
        output.document(schema_text(names[0]))
    else:
        output.json({each: schema_of(each) for each in names})
