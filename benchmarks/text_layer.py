"""What ordinary extractors read back from one Arabic text set by Masthead, stock WeasyPrint, Typst and Chromium.

    python benchmarks/text_layer.py [SOURCE]

Every paragraph of over 60 characters stands alone on a page. `exact` counts those that come back equal: after NFC,
white space collapsed, bidi controls dropped. `whole` counts those whose characters all come back once, whatever their
order: what is missing there is damaged, what is only in another order is the extractor's reading of a right-to-left
line. A phrase is three words in a row; it is found by pdfium, Chromium's own viewer. Typst and qalam come from pip,
Chromium, pdftotext and mutool from the machine; what is not there is left out and said to be.
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import unrepaired
from masthead.page.markup import Html
from masthead.typesetting import fonts
from masthead.typesetting.repairs.glyphgroups import CONTROLS
from masthead.typesetting.typesetter import Variant, typeset

SOURCE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"
STYLE = (
    '@page { size: A4; margin: 2cm } html { font: 13pt/1.7 Amiri, "Liberation Serif" } body { margin: 0 }'
    " p { margin: 0; text-align: justify; break-after: page }"
)


def paragraphs(source: Path) -> list[str]:
    """The long paragraphs of a transcript, without its marks of emphasis."""
    blocks = source.read_text("utf-8").replace("*", "").split("\n\n")
    return [text for block in blocks if len(text := " ".join(block.split())) > 60]


def page(texts: list[str], faces: str = "") -> str:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    head = f'<meta charset="utf-8"><title>قرار</title><style>{faces}{STYLE}</style>'
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body>{body}</body></html>'


# --- the systems ------------------------------------------------------------------------------------------------------


def masthead(texts: list[str], folder: Path) -> bytes:
    return typeset(Html(page(texts), folder)).data


def stock(texts: list[str], folder: Path) -> bytes:
    return unrepaired.typeset(Html(page(texts), folder), variant=Variant.PLAIN).data


def typst(texts: list[str], folder: Path) -> bytes | None:
    if not importlib.util.find_spec("typst"):
        return None
    import typst as engine

    settings = (
        '#set page(paper: "a4", margin: 2cm)\n#set text(font: ("Amiri", "Liberation Serif"), size: 13pt, lang: "ar")\n'
        '#set par(justify: true, leading: 1em)\n#set document(title: "قرار", date: none)\n'
    )
    body = "\n#pagebreak()\n".join(f"#text({json.dumps(text, ensure_ascii=False)})" for text in texts)
    source = folder / "page.typ"
    source.write_text(settings + body, "utf-8")
    folders = sorted({str(face.path.parent) for face in fonts.load().faces})
    return bytes(engine.compile(str(source), font_paths=folders, pdf_standards="ua-1"))


def chromium(texts: list[str], folder: Path) -> bytes | None:
    if not (program := shutil.which("chromium")):
        return None
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("{face.path.as_uri()}");'
        f" font-weight: {'bold' if 'bold' in face.style else 'normal'};"
        f" font-style: {'italic' if 'italic' in face.style else 'normal'} }}"
        for face in fonts.load().faces
    )
    (folder / "page.html").write_text(page(texts, faces), "utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder}/profile",
    ]
    target = folder / "page.pdf"
    address = (folder / "page.html").as_uri()
    subprocess.run(
        [program, *options, f"--print-to-pdf={target}", address], capture_output=True, timeout=120, check=True
    )
    return target.read_bytes()


# --- the extractors ---------------------------------------------------------------------------------------------------


def by_program(*command: str) -> Callable[[Path], list[str] | None]:
    def read(file: Path) -> list[str] | None:
        if not shutil.which(command[0]):
            return None
        words = [str(file) if word == "FILE" else word for word in command]
        return subprocess.run(words, capture_output=True, check=True).stdout.decode("utf-8", "replace").split("\f")

    return read


def by_pdfium(file: Path) -> list[str]:
    return [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(file)]


def by_pypdf(file: Path) -> list[str]:
    return [each.extract_text() for each in pypdf.PdfReader(file).pages]


def by_qalam(file: Path) -> list[str] | None:
    if not importlib.util.find_spec("qalam"):
        return None
    import qalam

    return [each.text for each in qalam.Document(str(file))]


SYSTEMS = {"masthead": masthead, "stock WeasyPrint": stock, "Typst": typst, "Chromium": chromium}
EXTRACTORS = {
    "pdftotext": by_program("pdftotext", "FILE", "-"),
    "pdfium": by_pdfium,
    "pypdf": by_pypdf,
    "qalam": by_qalam,
    "mutool": by_program("mutool", "draw", "-q", "-F", "txt", "FILE"),
}

# --- scores -----------------------------------------------------------------------------------------------------------


def normal(text: str) -> str:
    kept = "".join(char for char in unicodedata.normalize("NFC", text) if char not in CONTROLS)
    return re.sub(r"\s+", " ", kept).strip()


def letters(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFD", normal(text)).replace(" ", ""))


def score(texts: list[str], pages: list[str] | None) -> str:
    if pages is None:
        return "not installed"
    pairs = [(text, pages[index] if index < len(pages) else "") for index, text in enumerate(texts)]
    exact = sum(normal(text) == normal(read) for text, read in pairs)
    whole = sum(letters(text) == letters(read) for text, read in pairs)
    return f"{exact}, {whole}"


def found(texts: list[str], file: Path) -> str:
    """How many phrases Chromium's viewer finds on their page."""
    document, hits, phrases = pypdfium2.PdfDocument(file), 0, 0
    for index, text in enumerate(texts):
        words, on_page = text.split(), document[index].get_textpage()
        for at in range(0, len(words) - 2, 7):
            phrases += 1
            hits += on_page.search(" ".join(words[at : at + 3])).get_next() is not None
    return f"{hits} of {phrases}"


def main() -> None:
    texts = paragraphs(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE)
    print(f"{len(texts)} paragraphs: exact, whole\n")
    print("| system | " + " | ".join(EXTRACTORS) + " | phrases found |")
    print("|---" * (len(EXTRACTORS) + 2) + "|")
    for name, system in SYSTEMS.items():
        with tempfile.TemporaryDirectory() as folder:
            data = system(texts, Path(folder))
            if data is None:
                print(f"| {name} | not installed |")
                continue
            file = Path(folder) / "made.pdf"
            file.write_bytes(data)
            scores = [score(texts, read(file)) for read in EXTRACTORS.values()]
            print(f"| {name} | " + " | ".join([*scores, found(texts, file)]) + " |", flush=True)


if __name__ == "__main__":
    main()
