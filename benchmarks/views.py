"""Makes the pictures of docs/comparing.md, the report, the review and the watch, and of docs/concordance.md.

In Debian's chromium.

.venv/bin/python benchmarks/views.py
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "service")]

from test_review import served  # noqa: E402

import specimen  # noqa: E402
from browsing import FLAGS  # noqa: E402
from masthead import formats  # noqa: E402
from masthead.cli.review import now  # noqa: E402
from masthead.comparison import compare_all  # noqa: E402
from masthead.comparison.baselines import Baselines, approval  # noqa: E402
from masthead.comparison.pairing import pair, pdf_files  # noqa: E402
from masthead.document.terms import Language  # noqa: E402
from masthead.editing import concordance  # noqa: E402
from masthead.page.markup import mark_up  # noqa: E402
from masthead.service import view  # noqa: E402
from masthead.service.review import Case, Review  # noqa: E402
from masthead.service.watch import DocumentWatch  # noqa: E402
from masthead.typesetting.typesetter import typeset  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
WAIT = 60_000


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, _page() as page:
        folder = Path(name)
        document = specimen.document(Language.ARABIC)
        document = replace(document, body=document.body[:10])
        review = _review(folder, document)
        shown = [view.show_embedded(case.comparison, case.pair) for case in review.cases]
        (folder / "report.html").write_text(view.page(shown), "utf-8")
        page.goto((folder / "report.html").as_uri())
        expect(page.locator(".region").first).to_be_visible(timeout=WAIT)
        _shoot(page, "report")
        with served(review.app()) as address:
            page.goto(address)
            expect(page.locator(".region").first).to_be_visible(timeout=WAIT)
            page.keyboard.press("2")
            page.keyboard.press("a")
            page.locator("dialog[open] input").fill("the new template, agreed with the section")
            _shoot(page, "review")
        os.chdir(folder)  # an error names the source as it is given
        source = Path("draft.md")
        text = formats.write(document, ".md")
        source.write_text(text, "utf-8")
        with served(DocumentWatch(source).app()) as address:
            page.goto(address)
            expect(page.locator("#pages img").first).to_be_visible(timeout=WAIT)
            _shoot(page, "watch")
            source.write_text(text.replace("language: ", "langage: ") + "\n[^77]: See above.\n", "utf-8")
            expect(page.locator("#error .message").first).to_be_visible(timeout=WAIT)
            _shoot(page, "watch-error")
        _concordance(folder, page)


def _concordance(folder: Path, page: Page) -> None:
    """Six versions, of which the Russian names another resolution and the Arabic lacks a paragraph."""
    versions = []
    for language in ("en", "ar", "fr", "es", "ru", "zh"):
        text = (ROOT / f"examples/specimens/A_RES_104_12.{language}.md").read_text("utf-8")
        if language == "ar":
            text = text[: text.index("**وإذ تدرك**")] + text[text.index("**وإذ تلاحظ") :]
        path = folder / f"A_RES_104_12.{language}.md"
        path.write_text(text.replace("102/31", "102/13") if language == "ru" else text, "utf-8")
        versions.append(concordance.read_version(path))
    (folder / "concordance.html").write_text(concordance.to_html(concordance.concord(versions)), "utf-8")
    page.set_viewport_size({"width": 1440, "height": 860})
    page.goto((folder / "concordance.html").as_uri())
    page.keyboard.press("n")
    page.keyboard.press("n")
    _shoot(page, "concordance")


def _review(folder: Path, document: specimen.Document) -> Review:
    html = mark_up(document)
    changed = html.text.replace("الختامية", "الختاميه", 1)
    later = changed.replace(
        '<p class="operative"><span class="mark">٥',
        '<p class="operative" style="break-before: page"><span class="mark">٥',
        1,
    )
    kept, candidates = Baselines(folder / "baselines"), folder / "candidates"
    candidates.mkdir()
    path = candidates / "E_RES_2031_18.ar.pdf"
    path.write_bytes(typeset(html).data)
    pairs = tuple(pair((), pdf_files(candidates)))
    (new,) = compare_all(pairs)
    kept.record([(replace(approval(new, pairs[0]), by="Layla", when=now(), why="first printing"), path.read_bytes())])
    path.write_bytes(typeset(replace(html, text=later)).data)
    pairs = tuple(pair(kept.pdf_files(), pdf_files(candidates)))
    review = Review(len(pairs), kept, "Layla", now)
    review.fill(map(Case, pairs, compare_all(pairs)))
    return review


@contextmanager
def _page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        yield browser.new_page(viewport={"width": 1100, "height": 760})
        browser.close()


def _shoot(page: Page, name: str) -> None:
    """Save what the browser shows in 128 colours: a third of the bytes."""
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture = picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
