"""Several threads publish at once, beside a program that uses WeasyPrint itself: all files are as from one thread."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from masthead.document import MastheadError, Variant
from masthead.publication import Options, publish
from paths import EXAMPLES

SOURCES = (*sorted(EXAMPLES.glob("*.txt")), *sorted(EXAMPLES.glob("specimens/*.md")))
JOBS = tuple(islice(zip(SOURCES, cycle(Variant), strict=False), 30))

# A page of the program's own; its file identifier is fixed, and so are its bytes.
HOST = """
import hashlib, weasyprint
page = '<title>a</title><style>@page { size: A6 }</style><p>' + 'one \u0648\u0627\u062d\u062f <b>two</b> ' * 99
def work():
    data = weasyprint.HTML(string=page).write_pdf(pdf_identifier=b'a')
    return hashlib.sha256(data).hexdigest()
"""


def test_the_markdown_parser_compiles_its_rules_before_threads_use_it() -> None:
    """A ruler compiles at its first use, and is incomplete for other threads meanwhile."""
    program = (
        "from masthead.formats.markdown.commonmark import _MARKDOWN as markdown\n"
        "rulers = markdown.core.ruler, markdown.block.ruler, markdown.inline.ruler, markdown.inline.ruler2\n"
        "assert all(ruler.__cache__ for ruler in rulers)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def outcome(job: tuple[Path, Variant]) -> tuple[str, str]:
    """The digest of the PDF and the findings, or the error."""
    source, variant = job
    try:
        edition = publish(source, Options(variant=variant))
    except MastheadError as error:
        return type(error).__name__, str(error)
    return hashlib.sha256(edition.pdf.data).hexdigest(), repr(edition.report.findings)


def test_four_threads_publish_what_one_does_beside_a_program_that_uses_weasyprint() -> None:
    program = f"{HOST}\nprint(work())\nimport sys\nassert 'masthead' not in sys.modules"
    alone = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
    host: dict[str, object] = {}
    exec(HOST, host)
    done, seen = threading.Event(), list[str]()

    def use_weasyprint() -> None:
        while not done.is_set():
            seen.append(host["work"]())  # type: ignore[operator]

    with ThreadPoolExecutor(5) as pool:
        other = pool.submit(use_weasyprint)
        try:
            together = list(pool.map(outcome, JOBS))
        finally:
            done.set()
        other.result()
    assert len(seen) > 1
    assert set(seen) == {alone}
    assert together == [outcome(job) for job in JOBS]
