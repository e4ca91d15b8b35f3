"""What a comparison costs: unchanged pairs, pairs equal to the eye only, and two other tools on the same pairs.

    .venv/bin/python benchmarks/comparison.py [--pairs 25] [--unchanged 500] [--changed 30]
    .venv/bin/python benchmarks/comparison.py --inserted           a page inserted in 200
    .venv/bin/python benchmarks/comparison.py --kinds FILE.pdf …   kinds of change that are named in these files
    .venv/bin/python benchmarks/comparison.py --saved FOLDER       PDFs saved again by other programs: false changes
    .venv/bin/python benchmarks/comparison.py --pictures FOLDER    the picture's judge on pairs 1a.png, 1b.png …

CPU time of this process and its children; the machine may be shared. Both documents are set by the pipeline, the second
0.02 mm lower: every page differs in its bytes and in thousands of pixels, and nobody sees it. diff-pdf (Debian:
diff-pdf-wx) and blazediff (PyPI) are no dependencies: they are measured where they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf
from PIL import Image

from masthead import formats
from masthead.comparison import compare, compare_all, groups, picture, reports
from masthead.comparison.pairing import pair, pdf_files, single
from masthead.comparison.tolerance import Tolerance
from masthead.page.markup import Html, mark_up
from masthead.pdf import raster
from masthead.press.pdfx import to_pdfx
from masthead.typesetting.typesetter import typeset

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
import changes
import seeds
from resaving import WAYS, saved_again

EXAMPLE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"
DPI = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=25, help="pairs that are equal to the eye only")
    parser.add_argument("--unchanged", type=int, default=500, help="pairs of equal bytes")
    parser.add_argument("--changed", type=int, default=30, help="pairs with a changed font, word or margin")
    parser.add_argument("--inserted", action="store_true")
    parser.add_argument("--kinds", type=Path, nargs="+")
    parser.add_argument("--saved", type=Path)
    parser.add_argument("--pictures", type=Path, help="a folder of pairs of pictures")
    chosen = parser.parse_args()
    if chosen.pictures:
        _pictures(chosen.pictures)
        return
    if chosen.inserted or chosen.kinds or chosen.saved:
        if chosen.inserted:
            _inserted()
        _kinds(chosen.kinds or ())
        _saved(sorted(chosen.saved.rglob("*.pdf")) if chosen.saved else ())
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = _documents(folder)
        pages = raster.count(old.read_bytes())
        print(f"{pages} pages, {old.stat().st_size / 1000:.0f} and {new.stat().st_size / 1000:.0f} kB")
        _unchanged(folder, old.read_bytes(), chosen.unchanged)
        _changed(folder, chosen.changed)
        _told("masthead compare", chosen.pairs, pages, lambda: _ours(old, new, chosen.pairs))
        few = min(chosen.pairs, 10)
        if shutil.which("diff-pdf"):
            _told("diff-pdf", few, pages, lambda: _diff_pdf(old, new, few))
        if importlib.util.find_spec("blazediff"):
            _told("blazediff", few, pages, lambda: _blazediff(old, new, few, folder))


def _inserted() -> None:
    """A page inserted in the middle of 200, against a word changed in 200 pages that are saved again."""
    html = mark_up(formats.read(EXAMPLE))
    paragraphs = re.findall(r'<p class="operative".*?</p>', re.sub(r"<a [^>]*>|</a>", "", html.text), re.DOTALL)
    paragraphs = [re.sub(r' id="[^"]*"', "", each) for each in paragraphs]
    head = html.text[: html.text.index('<p class="operative"')]

    def made(*, word: int = -1, extra: int = -1) -> bytes:
        body = ""
        for number in range(196):
            text = paragraphs[number % len(paragraphs)] + paragraphs[(number + 1) % len(paragraphs)]
            text = text.replace("في", "إلى", 1) if number == word else text
            body += f'<div style="break-before: page"><p class="operative">{number * 7919 % 10007}</p>{text}</div>'
            if number == extra:
                body += f'<div style="break-before: page">{paragraphs[0]}</div>'
        return typeset(Html(f"{head}{body}</main></body></html>", html.base)).data

    base = made()
    for name, candidate in (
        ("a word changed, saved again", saved_again(made(word=98))),
        ("a page inserted", made(extra=98)),
    ):
        cpu = time.process_time()
        found = compare(base, candidate)
        print(
            f"{raster.count(base)} pages, {name}: {time.process_time() - cpu:.2f} CPU s, {len(found.open)} differences"
        )
        for each in found.open[:5]:
            print(f"    {reports.line(each)[:150]}")


def _kinds(paths: Iterable[Path]) -> None:
    """How many kinds of change are named, in our file, a press file, and others."""
    ours = seeds.made(seeds.SEEDS[0])
    bases = {"ours": ours, "press": to_pdfx(ours)} | {path.name: path.read_bytes() for path in paths}
    for name, data in bases.items() if paths else ():
        base = changes.rich(data)
        made = [(kind, pdf) for kind in changes.KINDS if (pdf := kind.made(base))]
        faults = [f"{kind.name}: {fault}" for kind, pdf in made if (fault := kind.fault(compare(base, pdf)))]
        print(f"{name}: {len(made) - len(faults)} of {len(made)} kinds named", *faults, sep="\n    ")


def _saved(paths: Iterable[Path]) -> None:
    """False changes over PDFs that other programs have saved again."""
    for name, way in WAYS.items():
        found = [(path, compare(data, way(data))) for path in paths if (data := path.read_bytes())]
        wrong = [f"{path.name}: {reports.line(each.open[0])[:120]}" for path, each in found if each.open]
        if found:
            print(f"{name}: {len(wrong)} of {len(found)} files are said to have changed", *wrong, sep="\n    ")


def write_changed(folder: Path, number: int) -> None:
    """Write that many documents into `folder`/old, and into new each with a changed font, word or margin."""
    kinds = [
        seeds.styled(".operative { font-family: 'Liberation Serif' }"),
        seeds.replaced("الختامية", "الختاميه"),
        seeds.styled("main { margin-inline-start: 4mm }"),
    ]
    base = seeds.made(seeds.SEEDS[0])
    made = [seeds.made(seeds.Seed("", kind, ())) for kind in kinds]
    for side in ("old", "new"):
        (folder / side).mkdir()
        for serial in range(number):
            data = _without_symbol(base if side == "old" else made[serial % len(made)])
            (folder / side / f"E_RES_2031_{serial}.ar.pdf").write_bytes(data + b"%%%d\n" % serial)


def _changed(folder: Path, number: int) -> None:
    """Pairs with a changed font, word or margin: groups, time and peak memory."""
    write_changed(folder, number)
    cpu = time.process_time()
    found = list(compare_all(pair(pdf_files(folder / "old"), pdf_files(folder / "new"))))
    each = (time.process_time() - cpu) / number
    print(f"{number} changed pairs: {each:.2f} CPU s a pair with preflight of both, peak {_memory():.0f} MB")
    for group in groups.group(found):
        print(f"    {groups.line(group)[:150]}")


def _without_symbol(pdf: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.Root.Metadata
        opened.save(file)
    return file.getvalue()


def _pictures(folder: Path) -> None:
    for first in sorted(folder.glob("*a.png")):
        second = first.with_name(first.name.replace("a.png", "b.png"))
        pictures = [_on_white(path) for path in (first, second)]
        told = f"{len(picture.differences(*pictures, Tolerance()))} regions"
        if importlib.util.find_spec("blazediff"):
            import blazediff

            found = blazediff.compare(str(first), str(second), threshold=0.05, antialiasing=True)
            told += f", blazediff {found.diff_count}"
        if importlib.util.find_spec("pixelmatch"):
            from pixelmatch.contrib.PIL import pixelmatch

            told += f", pixelmatch {pixelmatch(Image.open(first), Image.open(second), threshold=0.05)}"
        print(f"{first.stem[:-1]}: {told}")


def _on_white(path: Path) -> Image.Image:
    drawn = Image.open(path).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert("L")


def _documents(folder: Path) -> tuple[Path, Path]:
    html = mark_up(formats.read(EXAMPLE))
    lower = html.text.replace("</head>", "<style>main { position: relative; top: .02mm }</style></head>")
    paths = folder / "old.pdf", folder / "new.pdf"
    for path, text in zip(paths, (html.text, lower), strict=True):
        path.write_bytes(typeset(Html(text, html.base)).data)
    return paths


def _unchanged(folder: Path, data: bytes, number: int) -> None:
    for side in ("before", "after"):
        (folder / side).mkdir()
        for serial in range(number):
            (folder / side / f"E_RES_2031_{serial}.ar.pdf").write_bytes(data + b"%%%d\n" % serial)
    begun, cpu = time.perf_counter(), time.process_time()
    found = list(compare_all(pair(pdf_files(folder / "before"), pdf_files(folder / "after"))))
    assert len(found) == number and all(each.same for each in found)
    print(
        f"{number} unchanged pairs: {time.perf_counter() - begun:.2f} s, {time.process_time() - cpu:.2f} CPU s, "
        f"{_memory():.0f} MB"
    )


def _ours(old: Path, new: Path, number: int) -> str:
    memory = []
    for found in compare_all(single(old, new) for _ in range(number)):
        assert found.same and found.differences
        memory.append(_memory())
    return f"peak memory {memory[min(4, number - 1)]:.0f} MB after 5 pairs, {memory[-1]:.0f} MB after all; all passed"


def _diff_pdf(old: Path, new: Path, number: int) -> str:
    codes = {subprocess.run(["diff-pdf", f"--dpi={DPI}", old, new], check=False).returncode for _ in range(number)}
    return f"exit code {codes}"


def _blazediff(old: Path, new: Path, number: int, folder: Path) -> str:
    import blazediff

    counts = 0
    for _ in range(number):
        for page in range(1, raster.count(old.read_bytes()) + 1):
            for path in (old, new):
                with raster.opened(path.read_bytes()) as document:
                    raster.rasterize(document[page - 1], DPI).save(folder / f"{path.stem}.png", compress_level=1)
            result = blazediff.compare(str(folder / "old.png"), str(folder / "new.png"))
            counts = max(counts, getattr(result, "diff_count", 0) or 0)
    return f"up to {counts} pixels differ on a page"


def _told(name: str, number: int, pages: int, work: Callable[[], str]) -> None:
    begun, cpu = time.perf_counter(), _cpu()
    remark = work()
    each = (_cpu() - cpu) / number / pages
    print(f"{name}: {each:.3f} CPU s a page over {number} pairs, {time.perf_counter() - begun:.1f} s in all; {remark}")


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
