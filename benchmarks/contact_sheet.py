"""Pages at a glance: page one of the touchstone, the six languages, every other specimen, as `docs/pictures/*.png`.

    python benchmarks/contact_sheet.py

Each sheet shows first pages in rows; they need no captions, since a masthead says what a page is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

from masthead.publication import publish

ROOT = Path(__file__).parent.parent
SPECIMENS = ROOT / "examples" / "specimens"
PICTURES = ROOT / "docs" / "pictures"
GAP = 8  # pixels
SHADES = 16  # of grey, so that the file is small


def first_page(source: Path, width: int) -> Image.Image:
    """Publish `source` and draw its first page, `width` pixels wide."""
    document = pypdfium2.PdfDocument(publish(source).pdf.data)
    page = document[0]
    picture: Image.Image = page.render(scale=width / page.get_width(), grayscale=True).to_pil()
    document.close()
    return picture


def lay_out(pages: list[Image.Image], columns: int) -> Image.Image:
    """Put the pages in rows on grey."""
    width, height = pages[0].width + GAP, max(page.height for page in pages) + GAP
    sheet = Image.new("L", (columns * width + GAP, -(-len(pages) // columns) * height + GAP), 200)
    for place, page in enumerate(pages):
        row, column = divmod(place, columns)
        sheet.paste(page, (GAP + column * width, GAP + row * height))
    return sheet.quantize(SHADES)


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    languages = sorted(SPECIMENS.glob("A_RES_104_12.*.md"))
    others = sorted(set(SPECIMENS.glob("*.md")) - set(languages))
    sheets = (
        ("touchstone", [ROOT / "examples" / "E_RES_2017_18.ar.md"], 1, 640),
        ("languages", languages, 3, 400),
        ("specimens", others, 6, 260),
    )
    for name, sources, columns, width in sheets:
        path = PICTURES / f"{name}.png"
        lay_out([first_page(source, width) for source in sources], columns).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
