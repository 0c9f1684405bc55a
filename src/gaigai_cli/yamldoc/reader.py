"""The strict reader: bytes to a document, whatever the bytes."""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.builder import MAX_DEPTH, TooDeepError, TreeBuilder, UnreadableError
from gaigai_cli.yamldoc.conflict import blank_conflict_markers
from gaigai_cli.yamldoc.document import Document, source_lines
from gaigai_cli.yamldoc.events import (
    is_too_deep,
    next_event_of,
    paused_collector,
    python_events,
)
from gaigai_cli.yamldoc.problems import MAX_PROBLEMS, Problem, ProblemLog, TooManyProblemsError
from gaigai_cli.yamldoc.tree import Node, Scalar


def parse(data: bytes) -> Document:
    """Return the tree, the problems and the text of a YAML file; never raises.

    YAML is read strictly: UTF-8 (a byte order mark and any line ends are accepted), at most
    20 MB and 50 levels, one document, no duplicate keys, anchors, aliases, tags, merge keys or
    directives. Every value stays the text that was written.
    """
    if len(data) > source.MAX_BYTES:
        return Document(None, (source.too_large(data),), "")
    # libyaml's columns are one off behind a byte order mark, so it never sees one.
    data = data.removeprefix(source.BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return source.not_utf8(data, error)
    log = ProblemLog()
    root: Node | None = None
    try:
        root = _read(text, log)
    except TooManyProblemsError:
        return Document(None, (*log.in_order(), _too_many(log)), text)
    return Document(root, log.in_order(), text)


def _read(text: str, log: ProblemLog) -> Node | None:
    """Return the root of `text`, or None where it can't be read on, and report to `log`."""
    clean = source.replace_control_characters(text, log)
    clean, disputed = blank_conflict_markers(clean, log)
    # What is wrong between markers may come from both sides standing there.
    log.ignore(disputed)
    try:
        with paused_collector():
            documents = _documents(clean, log)
    except TooDeepError:
        return None
    except (MarkedYAMLError, UnreadableError) as error:
        _add_failure(_explained(error, clean), log, disputed)
        return None
    if disputed:
        return None
    return _root(documents, text, log)


def _documents(text: str, log: ProblemLog) -> list[Node]:
    """Return the trees of `text`; raises what `TreeBuilder.build` raises."""
    builder = TreeBuilder(log)
    try:
        builder.build(next_event_of(text))
    except MarkedYAMLError as error:
        # libyaml reads ahead: at a limit of its own it stops before it has said where ours was passed.
        if not is_too_deep(error):
            raise
        builder = TreeBuilder(log, hopeless=MAX_DEPTH + 1)
        builder.build(python_events(text))
    return builder.documents


def _explained(error: MarkedYAMLError | UnreadableError, text: str) -> Problem:
    # Imported here: its patterns take as long to compile as all the rest to import.
    from gaigai_cli.yamldoc import syntax

    if isinstance(error, UnreadableError):
        return syntax.unreadable(error.line)
    return syntax.explain(error, source_lines(text))


def _add_failure(failure: Problem, log: ProblemLog, disputed: range) -> None:
    """Report a syntax error unless markers or a replaced character may be its reason."""
    if not disputed and not log.has("control-character", failure.line):
        log.add(failure)


def _root(documents: list[Node], text: str, log: ProblemLog) -> Node | None:
    """Return the first document; a stream without any, or with an empty one, is a problem."""
    root = documents[0] if documents else None
    is_empty = root is None or (isinstance(root, Scalar) and root.plain and not root)
    if is_empty and len(documents) <= 1:
        message = "文件没有内容，只有注释或“---”" if text.strip() else "文件是空的"
        log.add(Problem("empty-file", message, "写入内容；不需要这个文件时，把它删去", 1, 1))
        return None
    return root


def _too_many(log: ProblemLog) -> Problem:
    last = log.in_order()[-1]
    return Problem(
        "too-many",
        f"问题超过{MAX_PROBLEMS}处，其余没有列出",
        "先改正列出的问题，再检查一次；文件若已损坏，请从 git 中恢复",
        last.line,
        last.column,
    )
