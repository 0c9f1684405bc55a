"""``python -m tools.wheels`` makes a folder from which gaigai is installed on a Windows PC without internet.

Needs nothing but Python, pip and the package index that pip is set up for.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
DIST: Final = ROOT / "dist"
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
NAME: Final = "gaigai-cli"
PLATFORM: Final = "win_amd64"
ALSO: Final = "colorama"
"""Wanted by typer on Windows only: pip asks for the platform that it runs on and would leave it out elsewhere."""


def main() -> None:
    """Write the folder, see that nothing else is needed, and say where it is."""
    parser = argparse.ArgumentParser("python -m tools.wheels", description=__doc__)
    parser.add_argument("--out", type=Path, default=DIST / "wheels", help="the folder to write")
    out: Path = parser.parse_args().out
    wheel = project_wheel(out)
    for python in PYTHONS:
        pip("download", "--dest", out, *for_windows(python), wheel, ALSO)
    for python in PYTHONS:
        folder = ("--no-index", "--find-links", out)
        pip("install", "--dry-run", "--target", out, *for_windows(python), *folder, NAME, ALSO)
    print(f"{out}: {len(list(out.glob('*.whl')))} wheels, {PLATFORM}, Python {', '.join(PYTHONS)}")


def project_wheel(folder: Path) -> Path:
    """The wheel of this project, built into ``folder``; an older one of the same version is replaced."""
    pip("wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    return max(folder.glob("gaigai_cli-*.whl"), key=lambda file: file.stat().st_mtime_ns)


def for_windows(python: str) -> Iterable[str]:
    """The options of pip that choose wheels for ``python`` on Windows, whatever pip itself runs on."""
    return (
        *("--platform", PLATFORM, "--implementation", "cp", "--python-version", python),
        "--only-binary=:all:",
    )


def pip(*words: str | Path) -> None:
    """Run pip; where it fails it has said why, and this ends too."""
    quiet = ("--quiet", "--disable-pip-version-check")
    done = subprocess.run(
        [sys.executable, "-m", "pip", words[0], *quiet, *words[1:]], cwd=ROOT, check=False
    )
    if done.returncode:
        sys.exit(f"pip {words[0]} failed")


if __name__ == "__main__":
    main()
