"""``python -m tools.bulletin_template`` writes the packaged templates anew."""

from pathlib import Path

from tools.bulletin_template.package import form_template, template

TARGET = Path(__file__).parents[2] / "src" / "gaigai_cli" / "templates"

if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    (TARGET / "bulletin.docx").write_bytes(template())
    (TARGET / "form.docx").write_bytes(form_template())
