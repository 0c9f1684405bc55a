"""The parts of the portable folder. The whole of it is made, and run on a Windows PC, by .ci/windows."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import wheels
from tools.portable import __main__ as portable

METADATA = "Metadata-Version: 2.4\nName: {name}\nVersion: 1.2\n{licence}\n"


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as files:
        for name in names:
            files.writestr(name, name.encode())
    return content.getvalue()


def tree(folder: Path) -> list[str]:
    return list(portable.names_below(folder))


def test_python_is_taken_out_of_the_archive_of_either_source(tmp_path: Path) -> None:
    for folder in ("", f"cp{portable.TAG}/"):
        target = tmp_path / (folder or "python.org")
        names = (f"{folder}python{portable.TAG}.dll", f"{folder}python{portable.TAG}._pth")
        portable.unpack_python(archive(f"{folder}python.exe", *names), target)

        assert tree(target) == sorted(["python.exe", *(Path(name).name for name in names)])
        paths = (target / f"python{portable.TAG}._pth").read_text(encoding="ascii")
        assert paths == f"python{portable.TAG}.zip\n.\n..\\site\n"


def test_python_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"not of version 3\.\d+"):
        portable.unpack_python(archive("python.exe", "python39.dll"), tmp_path / "python")

    assert not (tmp_path / "python").exists()


def test_what_is_no_archive_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "python.exe").write_bytes(b"MZ")
    for name in ("python.exe", "none.zip"):
        monkeypatch.setattr(sys, "argv", ["portable", "--python", str(tmp_path / name)])
        with pytest.raises(SystemExit):
            portable.main()
        assert f"{name} is not a zip file" in capsys.readouterr().err


def test_python_3_14_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(portable, "TAG", "314")
    with pytest.raises(SystemExit, match=r"Python 3\.14 is known: run this with 3\.13, or give"):
        portable.from_index(tmp_path)


def test_modules_run_without_their_sources(tmp_path: Path) -> None:
    site = tmp_path / "site"
    portable.write(site / "one" / "__init__.py", b"from one.two import word\n")
    portable.write(site / "one" / "two.py", b"word = __file__\n")
    for name in ("bin/one", "one/head.h", "one/two.pyi", "one-1.2.dist-info/RECORD"):
        portable.write(site / name, b"")
    portable.write(site / "one" / "words.json", b"{}")

    portable.compile_all(site)

    assert tree(site) == ["one/__init__.pyc", "one/two.pyc", "one/words.json"]
    os.utime(site / "one" / "two.pyc", (0, 0))
    said = subprocess.run(
        [sys.executable, "-S", "-c", "import one; print(one.word)"],
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        check=True,
    )
    assert said.stdout.decode().strip() == str(site / "one" / "two.pyc")
    assert str(tmp_path).encode() not in (site / "one" / "two.pyc").read_bytes()


def test_a_module_that_cannot_be_compiled_ends_it(tmp_path: Path) -> None:
    portable.write(tmp_path / "one.py", b"def\n")
    with pytest.raises(SystemExit, match="could be compiled"):
        portable.compile_all(tmp_path)


def test_the_program_is_the_launcher_its_interpreter_and_a_script() -> None:
    made = portable.starter(b"MZ launcher")

    assert made.startswith(b"MZ launcher#!<launcher_dir>\\python\\python.exe -B\r\n")
    with zipfile.ZipFile(io.BytesIO(made)) as script:
        main = script.read("__main__.py").decode()
    assert main == "from gaigai_cli.cli.app import main\n\nmain()\n"


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ("License-Expression: MIT\nLicense: long", "MIT"),
        ("Classifier: License :: OSI Approved :: BSD License", "BSD License"),
        ("License: LGPL-2.1", "LGPL-2.1"),
    ],
)
def test_components_say_their_licence(tmp_path: Path, said: str, licence: str) -> None:
    info = tmp_path / "one-1.2.dist-info"
    portable.write(info / "METADATA", METADATA.format(name="one", licence=said).encode())
    portable.write(info / "licenses" / "LICENSE.txt", b"text")

    assert list(portable.components(tmp_path)) == [
        ("one", "1.2", licence, (info / "licenses" / "LICENSE.txt",))
    ]


def test_licences_that_wheels_leave_out_are_known(tmp_path: Path) -> None:
    names = [folder.name for folder in portable.KNOWN_LICENCES.iterdir()]
    for name in names:
        text = METADATA.format(name=name, licence="License: one")
        portable.write(tmp_path / f"{name}-1.2.dist-info" / "METADATA", text.encode())

    found = {part.name: part.licences for part in portable.components(tmp_path)}

    assert {"docxtpl", "chinesecalendar"} <= set(names)
    assert all(found[name] for name in names)


def test_the_archive_is_the_same_for_the_same_parts(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    portable.write(folder / "许可证" / "一.txt", b"1")
    portable.write(folder / "b.txt", b"2")
    made = []
    for name in ("a.zip", "b.zip"):
        portable.pack(folder, tmp_path / name)
        made.append((tmp_path / name).read_bytes())
        os.utime(folder / "b.txt", (0, 0))

    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as files:
        assert files.namelist() == ["b.txt", "许可证/一.txt"]


def test_the_list_of_contents_holds(tmp_path: Path) -> None:
    portable.write(tmp_path / "手册" / "一.md", "内容".encode())

    assert portable.hashes(tmp_path) == (
        f"{hashlib.sha256('内容'.encode()).hexdigest()}  手册/一.md\n"
    )


def test_what_the_folder_says_names_what_is_in_it() -> None:
    guide = (portable.OWN / "使用说明.txt").read_text(encoding="utf-8")
    last = guide.partition("六、")[2]
    chapters = [file.stem for file in (wheels.ROOT / "docs/handbook").glob("*.md")]
    assert [name for name in chapters if name not in last] == []
    last = re.sub(r"(?m)^ .*\n", "", last)
    made = {"gaigai.exe", "python", "site", portable.LICENCES, portable.CONTENTS}
    top = made | {file.name for file in portable.OWN.iterdir()} - {"使用说明.txt"}
    top |= {target.partition("/")[0] for target in portable.SHIPPED.values()}

    assert set(re.findall(r"[\w.]+", re.sub(r"(?m) {2,}.*$|^.*里面.*$", "", last))) == top
    assert all((wheels.ROOT / source).exists() for source in portable.SHIPPED)


@pytest.mark.parametrize("name", ["gaigai.cmd", "打开工改.cmd", "输入命令.cmd"])
def test_batch_files_can_be_read_in_a_chinese_console(name: str) -> None:
    (portable.OWN / name).read_text(encoding="utf-8").encode("gbk")


def test_wheels_are_for_every_python_of_the_project() -> None:
    text = (wheels.ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert re.findall(r":: (3\.\d+)", text) == list(wheels.PYTHONS)
