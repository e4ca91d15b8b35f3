"""Charts of every kind from tables and CSV files, in Latin, Arabic and Chinese letters, on archive and archive-4.

    python benchmarks/charts.py [--pictures FOLDER] [--sheet docs/pictures/charts.png]

Publishes a report in three languages with each kind of chart, judges both variants by preflight and veraPDF, and reads
the structure of the files as a screen reader does: each figure has a text with all its values, in order. `--pictures`
keeps pictures of the pages, `--sheet` the second pages of all languages side by side. Exit code 1 if anything is found.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image

from masthead.document import Variant, model
from masthead.pdf import raster
from masthead.publication import Options, publish

FORMS = (
    "columns", "columns, stacked", "columns, shares", "columns, line 2", "bars", "bars, stacked", "bars, shares",
    "lines", "area", "area, shares", "pie", "doughnut", "points", "radar",
)  # fmt: skip
"""The kinds of charts, as marks have them."""
WORDS = {
    "en": ("Harbour", ("Keepers", "Lamps"), ("Port Levee", "Saltmarsh", "North Quay", "Old Pier"), "Charts"),
    "ar": (
        "الميناء",
        ("الحراس", "المصابيح"),
        ("ميناء السد", "السبخة", "الرصيف الشمالي", "المرسى القديم"),
        "رسوم بيانية",
    ),
    "zh": ("港口", ("守护人", "灯"), ("堤港", "盐沼港", "北码头", "旧栈桥"), "图表"),
}
VALUES = ((12, 30), (25.5, 18), (7, 41), (19, 22))
SPECIMENS = Path(__file__).parent.parent / "examples" / "specimens"


def source(language: str, folder: Path) -> Path:
    """Write a report with each kind of chart, every other one from a CSV file, and return its path."""
    corner, names, categories, title = WORDS[language]
    front = (SPECIMENS / "A_104_96.en.md").read_text("utf-8").partition("\n---\n")[0].replace("[^*]", "")
    front = front.replace("language: en", f"language: {language}").replace("(E)", f"({language[0].upper()})")
    front = front.replace("(Z)", "(C)")
    lines = [line for line in front.split("\n") if not line.startswith(("session", "agenda", "original"))]
    blocks = ["\n".join(lines) + "\n---", f"# {title}"]
    for number, form in enumerate(FORMS, 1):
        kind, first = form.partition(",")[0], corner
        series = names[:1] if kind in ("pie", "doughnut") else names
        rows = [(name, *each[: len(series)]) for name, each in zip(categories, VALUES, strict=True)]
        if kind == "points":
            first, rows = names[0], [(each, other) for each, other in VALUES]
            series = names[1:]
        counted = f" {number}" if number <= 10 else ""  # Arabic has words for no more
        mark = f"<!-- figure{counted}, {form} --> {title} ({form})"
        if number % 2:
            table = "\n".join(f"| {' | '.join(map(str, row))} |" for row in ((first, *series), *rows))
            head, _, rest = table.partition("\n")
            blocks.append(f"{mark}\n\n{head}\n|{'---|' * (len(series) + 1)}\n{rest}")
        else:
            text = "\n".join(",".join(map(str, row)) for row in ((first, *series), *rows))
            (folder / f"{number}.csv").write_text(text, "utf-8")
            blocks.append(f"{mark}\n\n![{title}]({number}.csv)")
        blocks.append(f"<!-- remark --> {title}, A/104/96.")
    path = folder / f"charts.{language}.md"
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")
    return path


def figures(pdf: bytes) -> Iterator[str]:
    """Yield the alternative texts of the figures of a file in the order of its structure."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        waiting = [file.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting += reversed(list(element))
            elif isinstance(element, pikepdf.Dictionary):
                if element.get("/S") == "/Figure":
                    yield str(element.get("/Alt", ""))
                if "/K" in element:
                    waiting.append(element.K)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--sheet", type=Path)
    chosen, failed, second = parser.parse_args(), False, []
    with tempfile.TemporaryDirectory() as name:
        for language in WORDS:
            path = source(language, Path(name))
            for variant in (Variant.ARCHIVE, Variant.ARCHIVE_4):
                edition = publish(path, Options(variant, profile="archive"))
                found = [each for each in edition.report.findings if each.severity != "note"]
                wanted = [figure.alternative for figure in model.figures(edition.document)]
                texts = [text for text in figures(edition.pdf.data) if text in wanted]
                whole = texts == wanted and len(texts) == len(FORMS)
                whole &= all(text.count(": ") in (len(VALUES), 2 * len(VALUES)) for text in texts)
                failed |= bool(found) or not whole
                count = raster.count(edition.pdf.data)
                print(f"{language} {variant}: {len(texts)} charts read, {len(found)} findings, {count} pages")
                for each in found:
                    print("  ", each.severity, each.rule, each.message)
                if variant is Variant.ARCHIVE:
                    second.append(Image.open(io.BytesIO(raster.png(edition.pdf.data, 2, 80))))
                if chosen.pictures:
                    chosen.pictures.mkdir(parents=True, exist_ok=True)
                    (chosen.pictures / f"{language}-{variant}.pdf").write_bytes(edition.pdf.data)
                    for page in range(1, count + 1):
                        picture = raster.png(edition.pdf.data, page, 90)
                        (chosen.pictures / f"{language}-{variant}-{page}.png").write_bytes(picture)
    if chosen.sheet:
        width, height = second[0].width, int(second[0].height * 0.8)  # the lower part of the pages is empty
        sheet = Image.new("L", (width * len(second), height), 255)
        for at, page in enumerate(second):
            sheet.paste(page.convert("L").crop((0, 0, width, height)), (at * width, 0))
        sheet.save(chosen.sheet, optimize=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
