"""``python -m tools.bulletin_template`` writes the packaged template anew."""

from pathlib import Path

from tools.bulletin_template.package import template

TARGET = Path(__file__).parents[2] / "src" / "gaigai_cli" / "templates" / "bulletin.docx"

if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(template())
