"""Imposes many small documents and a long one, beside other programs where they are installed.

Says CPU seconds and bytes written. Others are run as separate programs, for comparison only: pdfimpose (or the command
in PDFIMPOSE), psutils' psbook and pstops, pdfjam.

    python benchmarks/imposition.py            1,000 six-page documents, and one of 400 pages
    python benchmarks/imposition.py --count 50
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf

from masthead import formats
from masthead.page.markup import mark_up
from masthead.press.imposition import Edge, Saddle, SheetOptions, impose
from masthead.typesetting.typesetter import typeset

SOURCE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder, "short.pdf"), Path(folder, "long.pdf")
        typeset(mark_up(formats.read(SOURCE))).save(short)
        long.write_bytes(_repeated(short.read_bytes(), 400))
        target = Path(folder, "imposed.pdf")
        print(f"{'program':28} {'documents':>9} {'CPU s':>8} {'ms each':>8} {'bytes out / in':>15}")
        for name, run in _programs().items():
            # Programs that start again for each document are measured on a tenth of them.
            number = count if name.startswith("masthead") else max(count // 10, 1)
            for source, times in ((short, number), (long, 1)):
                _measure(f"{name}, {'6' if times > 1 else '400'} pages", run, source, target, times)


def _programs() -> dict[str, Callable[[Path, Path], object]]:
    programs: dict[str, Callable[[Path, Path], object]] = {"masthead": _masthead}
    if (command := shutil.which("masthead", path=Path(sys.executable).parent)) is not None:
        programs["masthead, as a program"] = lambda source, target, command=command: _run(
            command, "impose", source, "--scheme", "saddle", "--no-marks", "-o", target
        )
    if command := shutil.which(os.environ.get("PDFIMPOSE", "pdfimpose")):
        programs["pdfimpose"] = lambda source, target, command=command: _run(
            command, "saddle", "--bind", "right", "--signature", "2x1", "-o", target, source
        )
    if command := shutil.which("pdfjam"):
        programs["pdfjam"] = lambda source, target, command=command: _run(
            command, "--booklet", "true", "--landscape", "-o", target, source
        )
    if shutil.which("psbook") and shutil.which("psnup"):
        programs["psutils"] = _psutils
    return programs


def _masthead(source: Path, target: Path) -> None:
    impose(source, Saddle(), options=SheetOptions(marks=False), binding=Edge.RIGHT).save(target)


def _psutils(source: Path, target: Path) -> None:
    ordered = target.with_suffix(".ordered.pdf")
    _run("psbook", source, ordered)
    _run("psnup", "-2", ordered, target)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _measure(name: str, run: Callable[[Path, Path], object], source: Path, target: Path, times: int) -> None:
    target.unlink(missing_ok=True)
    start, wall = _cpu(), time.perf_counter()
    try:
        for _ in range(times):
            run(source, target)
    except subprocess.CalledProcessError as error:
        print(f"{name:28} failed: {error.stderr.decode(errors='replace').strip().splitlines()[-1:]}")
        return
    used, wall = _cpu() - start, time.perf_counter() - wall
    ratio = target.stat().st_size / source.stat().st_size
    print(f"{name:28} {times:9} {used:8.2f} {1000 * used / times:8.1f} {ratio:15.3f}   {wall:.2f} s by the clock")


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _repeated(data: bytes, pages: int) -> bytes:
    """The document's pages over and over, each with content of its own."""
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as pdf:
        for number in range(pages):
            page = source.pages[number % len(source.pages)]
            pdf.pages.append(page)
            last = pdf.pages[-1]
            last.contents_add(f"% {number}".encode())
            last.contents_coalesce()
        file = io.BytesIO()
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return file.getvalue()


if __name__ == "__main__":
    main()
