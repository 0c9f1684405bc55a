"""Every option of every command in every mode: refused by name before anything is written, or it changes something."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from gaigai_cli.cli.commands import COMMANDS
from gaigai_cli.cli.group import Group, ParsedCommand
from gaigai_cli.cli.options import AS_OF, AT, DATA, NO_COLOR, SHARED, Option
from gaigai_cli.work import transaction
from tests.program import Gaigai

NOW = "2024-07-11T09:00:00"
"""When the list to practise on stands."""

WRITES = "--by 示例丙 --dry-run"
MODES = f"""
todo
instructions
list
show 16.2
overdue
due
status
depts
depts zjj
update 16.2 --unit czj --summary 示例。 {WRITES}
done 16.2 --unit czj --evidence 示例财〔2024〕15号 {WRITES}
done 18.1 --unit czj --take-back {WRITES}
done 18.1 --unit czj --form
extend 16.2 --unit czj --to 8月31日 --reason 示例。 {WRITES}
extend 14.1 --unit zjj --take-back {WRITES}
extend 14.1 --unit zjj --form
correct RECORD --void --reason 示例。 {WRITES}
correct RECORD --set 存在问题=示例。 --reason 示例。 {WRITES}
verify 18.1 {WRITES}
reject 18.1 --reason 示例。 {WRITES}
reopen 12.1 --reason 示例。 {WRITES}
assess 1.1 --result 完成 --reason 示例。 {WRITES}
grant 14.1 --basis 示例会议 --approved-by 示例 {WRITES}
deny 14.1 --basis 示例会议 --approved-by 示例 {WRITES}
suspend 10.2 --basis 示例通知 {WRITES}
resume 19.1 {WRITES}
assign 1.1 --units 园区管委会 --role 责任 --basis 示例通知 {WRITES}
assign 1.1 --units 园区管委会 --role 责任 --replace --basis 示例通知 {WRITES}
withdraw 15.1 --basis 示例会议 {WRITES}
highlight RECORD {WRITES}
praise 县财政局 --basis 示例通知 --approved-by 示例 {WRITES}
criticise 县财政局 --basis 示例通知 --approved-by 示例 {WRITES}
criticise 县财政局 --responsibility --basis 示例通知 {WRITES}
inspect 16.2 --way 抽查 --inspectors 示例甲 --summary 示例。 --agrees 相符 {WRITES}
solve 14.1 --summary 示例。 {WRITES}
milestones 14.1 --unit zjj --milestone 方案｜8月31日 {WRITES}
file 10.2 {WRITES}
instruct --leader 示例长 --handling 批办 --summary 示例。 --to zjj --reply-by 9月1日 {WRITES}
resolve --meeting 示例会议 --lines 议定.txt {WRITES}
answer INSTRUCTION --unit zjj --summary 示例。 {WRITES}
present INSTRUCTION {WRITES}
read INSTRUCTION --summary 示例。 {WRITES}
report --month 2024-06
report --month 2024-06 --stdout
report --month 2024-06 --internal
report --month 2024-06 --brief
report --month 2024-06 --brief --item 16.2
report --month 2024-06 --check
report --quarter 2024-Q2
report --month 2024-06 --issue --number 示例〔2024〕2号
report --verify 2024-05
report --withdraw 2024-05 --unsent --reason 有误
report --correct 2024-05 --says 更正
report --correct 2024-05 --says 更正 --issue --number 示例〔2024〕2号
report --month 2024-05 --issue --number 示例〔2024〕2号 --revoke 有误
score
score --explain czj
form --unit czj
form czj 县住建局
collect 收件箱 {WRITES}
collect 收件箱 --status --month 2024-06
remind
remind --unit czj
remind --item 16.2 --format txt
remind --item 16.2 --issue {WRITES}
remind --number 示例提〔2024〕1号
urge 县财政局 --means 电话 {WRITES}
archive --month 6
contacts
contacts czj --name 示例乙
remind --returned 示例提〔2024〕1号 --unit czj {WRITES}
import 清单.md --out q
import 清单.md --update data
import 清单.json --out q
export --format md
export --out q.csv
init q
init --next-year 2025
practise q
page --out q.html
page --out q.html --month 2024-06
check
check --explain bad-date
schema
schema --out q
diff
log
log 16.2
review HEAD
git-setup --dry-run
git-setup --undo
""".strip().splitlines()  # fmt: skip

VALUES = {
    "--unit": "县自然资源局",
    "--dept": "县住建局",
    "--lead": "县住建局",
    "--role": "牵头",
    "--status": "推进中",
    "--light": "红",
    "--due-from": "2024-08-01",
    "--due-by": "2024-08-01",
    "--month": "2024-06",
    "--kind": "分阶段",
    "--task": "16",
    "--search": "经费",
    "--sort": "亮灯",
    "--columns": "编号",
    "--within": "300",
    "--means": "短信",
    "--reached": "示例丁",
    "--duty": "分管负责同志",
    "--name": "示例丙",
    "--post": "科长",
    "--phone": "0000-1234567",
    "--mobile": "13000000000",
    "--since": "2024-07-10",
    "--format": "json",
    "--percent": "90",
    "--metric": "x=1",
    "--evidence": "示例文号〔2024〕9号",
    "--stage": "1",
    "--period": "2024-06",
    "--date": "2024-07-10",
    "--by": "示例丁",
    "--via": "电话",
    "--source": "清单.md",
    "--to": "2024-09-30",
    "--set": "存在问题=示例二。",
    "--finished": "2024-07-10",
    "--asked": "2024-07-10",
    "--result": "未完成",
    "--way": "现场核验",
    "--agrees": "不符",
    "--coordinate": "市级",
    "--completed": "方案",
    "--milestone": "试点｜9月30日",
    "--handling": "参阅",
    "--assist": "县财政局",
    "--lines": "议定二.txt",
    "--units": "县住建局",
    "--item": "14.1",
    "--quarter": "2024-Q1",
    "--year": "2024",
    "--from": "2024-05",
    "--explain": "bad-kind",
    "--number": "示例〔2024〕99号",
    "--reply-by": "2024-07-20",
    "--verify": "2024-05",
    "--returned": "示例催〔2024〕1号",
    "--out": "out.json",
    "--answers": "清单.md",
    "--update": "data",
    "--next-year": "2025",
    "--codeowners": "gitlab",
    "--textconv": "data/rules.yaml",
    AS_OF.name: "2024-06-20",
}
WITHOUT_A_DIFFERENCE = {
    "contacts --add": "nobody is at the keyboard",
    "--force": "there is nothing here that it would have to overwrite",
    "--require-signed": "there is no commit in the range",
    "--exit-code": "what is overdue is found in any case",
    "--strict": "there are errors in any case",
    "collect --date": "nobody has filled in the forms",
    "collect --commit": "nobody has filled in the forms",
    "collect --month": "all forms are of this month",
    "remind --signer": "a rehearsal doesn't show the paper",
    "remind --contact": "a rehearsal doesn't show the paper",
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list in a repository, with an application that waits, forms that were returned, and a bulletin issued."""
    top = tmp_path_factory.mktemp("options") / "list"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAIGAI_NOW", NOW)
        patch.chdir(top.parent)
        for line in PREPARATION.splitlines():
            words = shlex.split(line)
            if words[0] == "git":
                subprocess.run(words, check=True, capture_output=True)
            elif words[0] == "cd":
                patch.chdir(words[1])
                shorten(Path("data"))
            else:
                from gaigai_cli.cli.app import run

                assert run(words) == 0, line
    for name, line in (("议定.txt", "1|示例|县住建局"), ("议定二.txt", "2|示例二|县财政局")):
        (top / name).write_text(line, encoding="utf-8")
    return top


def shorten(data: Path) -> None:
    """Leave of the list only what the commands are about and one that is due: they are run a thousand times."""
    wanted = {"20", *re.findall(r"\b(\d+)\.\d\b", "\n".join((*MODES, PREPARATION)))}
    for file in (data / "tasks.yaml", *data.glob("progress/**/*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "tasks" in content:
            content["tasks"] = [task for task in content["tasks"] if task["id"] in wanted]
        else:
            of_items = ((record.get("item", ""), record) for record in content["records"])
            content["records"] = [
                r for item, r in of_items if item.partition(".")[0] in wanted | {""}
            ]
        file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


PREPARATION = """\
practise list
cd list
extend 14.1 --unit zjj --to 10月31日 --reason 示例。 --by 示例甲
done 12.1 --unit 县自然资源局 --evidence 示例文号〔2024〕3号 --by 示例甲
verify 12.1 --by 示例乙
update 14.1 --unit zjj --summary 示例。 --problems 示例。 --coordinate 省级 --by 示例甲
milestones 10.2 --unit zjj --milestone 方案｜8月31日 --by 示例甲
instruct --leader 示例长 --handling 批办 --summary 示例。 --to zjj --assist czj --reply-by 9月1日 --by 示例甲
done 15.1 --unit 园区管委会 --evidence 示例文号〔2024〕4号 --by 示例戊
form --unit czj --month 2024-06 --out 收件箱
export --out 清单.md
export --out 清单.json
report --month 2024-05 --issue --number 示例〔2024〕1号
git init -q
git config user.name 示例
git config user.email someone@example.invalid
git add .
git commit -qm 示例
update 16.2 --unit czj --summary 示例。 --by 示例
git-setup"""


@pytest.fixture(scope="module")
def kept(prepared: Path) -> Path:
    copy = prepared.parent / "kept"
    shutil.copytree(prepared, copy)
    return copy


@pytest.fixture
def top(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(prepared)
    monkeypatch.setenv("EDITOR", "false")  # nobody is there to edit
    monkeypatch.setattr(transaction, "random_bytes", lambda: b"\x00" * 4)
    return prepared


Tree = dict[str, tuple[int, int]]


def tree(top: Path) -> Tree:
    """When each file was written, and its size; the repository's own settings and branches are among them."""
    found: Tree = {}
    folders = [f"{top}{os.sep}"]
    index = f"{top}{os.sep}.git{os.sep}index"
    for folder in folders:
        with os.scandir(folder) as inside:
            for entry in inside:
                if entry.is_dir(follow_symlinks=False):
                    if folder != f"{top}{os.sep}.git{os.sep}" or entry.name in ("hooks", "info"):
                        folders.append(f"{entry.path}{os.sep}")
                elif entry.path != index:
                    state = os.stat(entry.path)  # noqa: PTH116 - thousands of times
                    name = entry.path[len(folders[0]) :].replace(os.sep, "/")
                    found[name] = (state.st_mtime_ns, state.st_size)
    return found


Changes = dict[str, bytes | None]


def changes(top: Path, before: Tree) -> Changes:
    """The files that are other than before, and what is in them; None for one that is gone."""
    after = tree(top)
    names = {name for name, _ in after.items() ^ before.items()}
    return {name: (top / name).read_bytes() if name in after else None for name in names}


def put_back(top: Path, changed: Changes, before: Tree, kept: Path) -> None:
    """Make the files what they were; ``kept`` is a copy of them."""
    for name in changed:
        if name in before:
            shutil.copy2(kept / name, top / name)
        else:
            (top / name).unlink()
            folder = (top / name).parent
            while not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent


def command_of(name: str) -> ParsedCommand:
    command = Group().get_command(None, name)
    assert command is not None
    return command


def given(option: Option) -> list[str]:
    """The option with a value that differs from what is so without it."""
    return [option.name, VALUES.get(option.name, "示例三。")] if option.metavar else [option.name]


def others(name: str, words: list[str], *, first: bool) -> Iterator[Option]:
    """The command's other options; those that all commands share in the first of its modes alone."""
    for option in command_of(name).options:
        known = option.is_argument or option.name in words or option is NO_COLOR
        if not known and (first or option not in SHARED):
            yield option


def record_of(top: Path) -> str:
    found = re.search(
        r"id: (202406\d\d-\S+)", (top / "data/progress/县财政局.yaml").read_text("utf-8")
    )
    assert found is not None
    return found[1]


def instruction_of(top: Path) -> str:
    logs = "".join(p.read_text("utf-8") for p in (top / "data/progress").rglob("县工改办*/*.yaml"))
    found = re.search(r"id: (\S+)\n    date: \S+\n    kind: 批示", logs)
    assert found is not None
    return found[1]


@pytest.mark.external("git")
@pytest.mark.parametrize("typed", MODES)
def test_an_option_is_used_or_refused_by_name(
    typed: str, gaigai: Gaigai, top: Path, kept: Path
) -> None:
    mode = typed.replace("RECORD", record_of(top)).replace("INSTRUCTION", instruction_of(top))
    words = shlex.split(mode)
    before = tree(top)
    plain = gaigai(*words, GAIGAI_NOW=NOW)
    assert plain.status < 2, plain
    written = changes(top, before)
    put_back(top, written, before, kept)

    first = words[0] not in {one.split()[0] for one in MODES[: MODES.index(typed)]}
    for option in others(words[0], words, first=first):
        try:
            run = gaigai(*words, *given(option), GAIGAI_NOW=NOW)
        except UnicodeDecodeError:  # a document
            continue
        after = changes(top, before)
        if run.status == 2:
            assert not after, option.name
            assert run.out == "", option.name
        elif (run, after) == (plain, written):
            names = {option.name, f"{words[0]} {option.name}"}
            assert not names.isdisjoint(WITHOUT_A_DIFFERENCE), option.name
        put_back(top, after, before, kept)


def test_every_command_is_tried() -> None:
    # sync has but --dry-run, mcp no option of its own.
    assert {mode.split()[0] for mode in MODES} == set(COMMANDS) - {"sync", "mcp"}


@pytest.mark.external("git")
@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("done 16.2 --unit czj --evidence 示例文号 --reason 示例。 --by 示例", "--reason"),
        ("done 18.1 --unit czj --take-back --by 示例 --summary 示例。", "--summary"),
        ("done 18.1 --unit czj --take-back --by 示例 --via 电话", "--via"),
        ("done 18.1 --unit czj --take-back --by 示例 --form", "--form"),
        ("done 18.1 --unit czj --form --dry-run", "--dry-run"),
        ("extend 14.1 --unit zjj --take-back --by 示例 --to 9月30日", "--to"),
        ("update --take 16.2", "--take"),
        ("verify 18.1 15.1 --by 示例 --despite 示例。", "--despite"),
        ("verify 18.1 15.1 --by 示例 --signer 示例", "--signer"),
        (
            "verify 18.1 --by 示例 --despite 示例。",
            "--despite 只在整项销号（最后一个阶段）而指标未达时写",
        ),
        ("verify 18.1 --by 示例 --signer 示例", "--signer 只用于督办机构自行牵头的事项"),
        ("grant --pending --source x", "--source"),
        ("collect 收件箱 --status --date 胡写", "--date"),
        ("collect 收件箱 --status --commit", "--commit"),
        ("report --verify 2024-05 --internal", "--internal"),
        ("report --verify 2024-05 --format docx", "--format"),
        ("report --verify 2024-06 --as-of 6月底", "--as-of"),
        ("remind --signer 示例", "--signer"),
        ("remind --unit czj --format txt --signer 示例", "--signer"),
        ("remind --all --date 7月1日", "--date"),
        ("remind --returned 示例提〔2024〕1号 --kind 提醒", "--kind"),
        ("import 清单.json --out q --review", "--review"),
        ("export --format md --force", "--force"),
        ("init q --data data", "--data"),
        ("init --next-year 2025 --title 示例", "--title"),
        ("practise q --data data", "--data"),
        ("schema --data data", "--data"),
        ("schema --out q --at HEAD", "--at"),
        ("check --explain bad-date --strict", "--strict"),
        ("diff --textconv data/rules.yaml --format md", "--format"),
        ("git-setup --undo --unit czj", "--unit"),
        ("git-setup --codeowners github --unit czj", "--unit"),
        ("list --at HEAD --at HEAD~1", "--at"),
        ("list --status ''", "--status（状态）是空的"),
        ("due --within ' '", "--within"),
        ("report --month 2024-06 --stdout --out ''", "--out"),
        ("update 16.2 --summary 示例。 --source '' --by 示例", "--source"),
        ("collect ''", "“文件”是空的"),
        ("list --sort 亮灯 --sort 时限", "--sort"),
        ("--data data list --data 别处", "--data"),
        ("update 16.2 --unit czj --unit zjj --summary 示例。 --by 示例", "--unit"),
    ],
)
def test_what_is_not_used_is_refused(line: str, named: str, gaigai: Gaigai, top: Path) -> None:
    before = tree(top)

    run = gaigai(*shlex.split(line), GAIGAI_NOW=NOW)

    assert (run.status, run.out) == (2, "")
    assert named in run.err
    assert tree(top) == before


@pytest.mark.external("git")
def test_the_same_twice_is_no_contradiction(gaigai: Gaigai, top: Path) -> None:
    assert gaigai("--data", "data", "list", "--data", "data", GAIGAI_NOW=NOW).status == 0


@pytest.mark.external("git")
def test_settings_may_be_there_unused(gaigai: Gaigai, top: Path) -> None:
    settings = {DATA.setting: "data", AS_OF.setting: "2024-06-20", "GAIGAI_UNIT": "czj"}
    words = ("update", "16.2", "--summary", "示例。", "--by", "示例", "--dry-run")

    for run in (gaigai("schema", "tasks", **settings), gaigai(*words, **settings, GAIGAI_NOW=NOW)):
        assert (run.status, run.err.startswith("错误")) == (0, False)


def test_a_word_typed_once_is_refused_until_it_is_read() -> None:
    from gaigai_cli.cli.run import Run as Typed
    from gaigai_cli.errors import GaigaiError

    run = Typed({AT: ["HEAD"]}, "gaigai 某")
    with pytest.raises(GaigaiError, match="--at（读取 git 中这个提交的数据）在这里不起作用"):
        run.refuse_unused()
    run.word(AT)
    run.refuse_unused()


@pytest.mark.external("git")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("grant --pending --unit zjj", "待办的有14.1"),
        ("grant --pending --unit czj", "没有待办的申请"),
        ("grant --pending --stage 一", "没有待办的申请"),
        ("reject --pending --unit czj", "待办的有18.1"),
        ("reject --pending --unit zjj", "没有待办的申请"),
    ],
)
def test_what_waits_is_narrowed(line: str, said: str, gaigai: Gaigai, top: Path) -> None:
    assert said in gaigai(*shlex.split(line), GAIGAI_NOW=NOW).err
