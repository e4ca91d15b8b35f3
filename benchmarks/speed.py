"""CPU of a document in a batch: Masthead beside stock WeasyPrint and other engines, warm, on the same texts.

    python benchmarks/batch.py speed [--count 20]

A worker for each system, asked in turn for the same document, so that other load meets all alike and none gains or
loses by what another remembers. Stock WeasyPrint is its bare `write_pdf` of the same HTML: no tags, no archive, no
check. What each engine makes is not the same: Typst is given the texts and the notes in a style of its own; Chromium
the very HTML, of which it puts no note at a page's foot; both write tags. CPU seconds of the worker and of all that it
started.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import corpus
from masthead import formats, publication
from masthead.document.model import Document, NoteCall, contents, inlines, plain
from masthead.page.markup import Html
from masthead.typesetting import fonts
from masthead.typesetting.typesetter import typeset

WARM = 5
WHOLE = "masthead, whole of publish"
Work = Callable[[str, str, Any, Any], object]  # name and text; HTML and document, unless the system makes them itself


def table(count: int) -> None:
    """Print CPU milliseconds of a document in each system, and their ratio to stock WeasyPrint's."""
    systems = [name for name, make in SYSTEMS.items() if make is not None]
    for kind in corpus.KINDS:
        workers = [_start(system) for system in systems]
        ready = {name: worker for name, worker in zip(systems, workers, strict=True) if _answer(worker) == "ready"}
        taken: dict[str, list[float]] = {name: [] for name in ready}
        for number in range(count + WARM):
            for name, worker in ready.items():
                assert worker.stdin is not None
                print(kind, number, file=worker.stdin, flush=True)
                taken[name].append(float(_answer(worker)))
        for worker in workers:
            worker.communicate()
        print(f"{kind}: {count} documents")
        base = _cost(taken[systems[0]])
        for name in systems:
            told = "not installed"
            if name in taken:
                each = _cost(taken[name])
                told = f"{1000 * statistics.mean(each):6.0f} ms  {_ratio(statistics.mean, each, base)} of the mean"
                told += f"  {_ratio(statistics.median, each, base)} of the median"
            print(f"  {name:34} {told}")
    for program in ("xelatex", "soffice"):
        print(f"{program}: {'is not measured here' if shutil.which(program) else 'not installed'}")


def _cost(readings: list[float]) -> list[float]:
    """The seconds of each document after those that warm a system up."""
    return [after - before for before, after in zip(readings[WARM - 1 :], readings[WARM:], strict=False)]


def _ratio(mean: Callable[[list[float]], float], each: list[float], base: list[float]) -> str:
    return f"{mean(each) / mean(base):.2f}"


def _start(system: str) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, system]
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts.load().fontconfig)}
    return subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


def _answer(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


def serve(system: str) -> None:
    """Make the documents that are asked for by kind and number; tell CPU seconds since the worker began."""
    work = SYSTEMS[system]()
    if work is None:
        return
    known: dict[str, list[tuple[str, str]]] = {}
    print("ready", flush=True)
    spent = 0.0
    for line in sys.stdin:
        kind, number = line.split()
        while len(known.setdefault(kind, [])) <= int(number):
            known[kind] = [*corpus.documents(2 * int(number) + 20, ("ar",), kind, touchstone=True)]
        name, text = known[kind][int(number)]
        # Whoever does all of the work must not find in a cache what was read before.
        document = None if system == WHOLE else formats.parse(text.encode(), name)
        html = None if document is None else publication.mark_up(document)
        below, begin = _cpu_below(), time.process_time()
        work(name, text, html, document)
        spent += time.process_time() - begin + _cpu_below() - below
        print(spent, flush=True)


def _cpu_below() -> float:
    """CPU seconds of the processes below this one, to a hundredth."""
    parents, seconds = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(status.parent.name), status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[pid] = int(rest[1])
        seconds[pid] = sum(map(int, rest[11:15])) / os.sysconf("SC_CLK_TCK")
    below = {pid for pid in parents if _is_below(pid, parents)}
    return sum(seconds[pid] for pid in below)


def _is_below(pid: int, parents: dict[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == os.getpid():
            return True
    return False


def stock() -> Work:
    import weasyprint

    def work(name: str, text: str, html: Html, document: Document) -> object:
        return weasyprint.HTML(string=html.text, base_url=f"{html.base.resolve().as_uri()}/").write_pdf()

    return work


def typesetting() -> Work:
    return lambda name, text, html, document: typeset(html)


def whole() -> Work:
    def work(name: str, text: str, html: Html, document: Document) -> object:
        return publication.publish(publication.SourceFile(name, text.encode()))

    return work


def typst() -> Work | None:
    if not importlib.util.find_spec("typst"):
        return None
    import typst as engine

    folder = Path(tempfile.mkdtemp())
    source = folder / "page.typ"
    source.write_text("", "utf-8")
    compiler = engine.Compiler(str(source), font_paths=sorted({str(face.path.parent) for face in fonts.load().faces}))
    settings = (
        '#set page(paper: "us-letter", margin: 25mm, header: [E/RES], footer: context counter(page).display())\n'
        '#set text(font: ("Amiri", "Liberation Serif"), size: 14pt, lang: "ar")\n#set par(justify: true)\n'
    )

    def work(name: str, text: str, html: Html, document: Document) -> object:
        notes = {(note.number, note.asterisk): plain(note.content) for note in document.notes}
        paragraphs = []
        for content in contents(document):
            called = [notes[each.number, each.asterisk] for each in inlines(content) if isinstance(each, NoteCall)]
            paragraphs.append(f"#{_quoted(plain(content))}" + "".join(f"#footnote({_quoted(text)})" for text in called))
        source.write_text(settings + "\n\n".join(paragraphs), "utf-8")
        return compiler.compile(format="pdf")

    return work


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def chromium() -> Work | None:
    program = shutil.which("chromium")
    if program is None or not importlib.util.find_spec("playwright"):
        return None
    from playwright.sync_api import sync_playwright

    browser = sync_playwright().start().chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    place = Path(tempfile.mkdtemp()) / "page.html"

    def work(name: str, text: str, html: Html, document: Document) -> object:
        base = f'<base href="{html.base.resolve().as_uri()}/">'
        place.write_text(html.text.replace("<head>", f"<head>{base}", 1), "utf-8")
        page.goto(place.as_uri())
        return page.pdf(prefer_css_page_size=True, tagged=True)

    return work


SYSTEMS: dict[str, Callable[[], Work | None]] = {
    "stock WeasyPrint, bare": stock,
    "masthead, typesetting": typesetting,
    WHOLE: whole,
    "Typst": typst,
    "Chromium, headless": chromium,
}

if __name__ == "__main__":
    serve(sys.argv[1])
