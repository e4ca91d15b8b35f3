"""The pictures of `docs/printing.md`: a booklet of the Arabic example, a set of six languages, a press page.

python benchmarks/sheets.py
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from masthead.document.terms import Language, Variant
from masthead.press.imposition import Saddle, SheetOptions, arrange, impose, preview_svg
from masthead.publication import Options, publish

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
GAP = 8


def main() -> None:
    source = ROOT / "examples" / "E_RES_2017_18.ar.txt"
    press = publish(source, Options(Variant.PRESS)).pdf.data
    _save("booklet.png", _pages(impose(press, Saddle(), options=SheetOptions(creep=0.1)).data, 0.55), columns=2)
    _save("press-page.png", _pages(press, 0.9)[:1], columns=1)
    (PICTURES / "booklet.svg").write_text(preview_svg(arrange([press], Saddle())), encoding="utf-8")
    languages = [ROOT / "examples" / "specimens" / f"A_RES_104_12.{code}.md" for code in Language]
    run = impose([publish(one, Options(Variant.PRESS)).pdf for one in languages], Saddle()).data
    _save("six-languages.png", _pages(run, 0.28), columns=4)


def _pages(pdf: bytes, scale: float) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def _save(name: str, pages: list[Image.Image], *, columns: int) -> None:
    width, height = max(page.width for page in pages) + GAP, max(page.height for page in pages) + GAP
    sheet = Image.new("RGB", (columns * width + GAP, -(-len(pages) // columns) * height + GAP), "#d8d8d8")
    for index, page in enumerate(pages):
        sheet.paste(page, (GAP + index % columns * width, GAP + index // columns * height))
    sheet.quantize(32).save(PICTURES / name, optimize=True)
    print(PICTURES / name, sheet.size)


if __name__ == "__main__":
    main()
