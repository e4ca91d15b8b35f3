"""What a worker makes of one source: an edition, or the same pages, checked again. Only typesetting is replaced."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessExpired

from manuscripts import AR, EN, report
from masthead import preflight, publication
from masthead.batch import work
from masthead.batch.limits import Limits, TimeLimitError
from masthead.batch.pool import Pool
from masthead.batch.tasks import Product, SourcePath, Task
from masthead.document import Finding, ResourceError, Variant
from masthead.document.files import sha256
from masthead.preflight import Report
from masthead.publication import DEFAULTS, SourceFile
from masthead.typesetting import Pdf
from tiny import tiny

Make = Callable[..., Product]
PDF = b"%PDF made"


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make an edition; `found` is what typesetting finds. Each call of it is counted."""
    here = work.here()  # read once: what this machine makes pages with
    monkeypatch.setattr(work, "here", lambda: here)
    found_before = replace(preflight.check(tiny()), findings=())

    def check(pdf: Pdf, document: Any, profile: str) -> Report:
        made.checked = pdf.data  # type: ignore[attr-defined]
        return found_before

    monkeypatch.setattr(preflight, "check_made", check)

    def made(text: str = "#. One.", *, language: Any = EN, found: tuple[Finding, ...] = (), **task: Any) -> Product:
        typeset: list[Variant] = []
        monkeypatch.setattr(
            publication, "typeset", lambda html, document, variant: typeset.append(variant) or Pdf(PDF, found)
        )
        data = report(language, text).encode()
        product = work.make(Task(SourceFile("x.md", data), sha256(data), task.pop("options", DEFAULTS), **task))
        made.calls = len(typeset)  # type: ignore[attr-defined]
        return product

    return made


def test_pages_that_would_be_the_same_are_not_typeset_again(make: Make) -> None:
    first = make()
    assert (first.pdf, first.digest, make.calls) == (PDF, sha256(PDF), 1)  # type: ignore[attr-defined]
    again = make(pages=first.pages, pdf=b"%PDF of before")
    assert (again.pdf, again.digest, make.calls) == (b"", sha256(b"%PDF of before"), 0)  # type: ignore[attr-defined]
    assert make.checked == b"%PDF of before"  # type: ignore[attr-defined]
    other = make("#. Two.", pages=first.pages, pdf=b"%PDF of before")
    assert (other.pdf, make.calls) == (PDF, 1)  # type: ignore[attr-defined]
    press = make(options=replace(DEFAULTS, variant=Variant.PRESS))
    assert len({first.pages, other.pages, press.pages}) == 3
    assert make("#. One.").pages == first.pages != ""


def test_pages_in_which_typesetting_finds_something_are_typeset_again_to_find_it(make: Make) -> None:
    product = make(found=(Finding("a line is too long", 1),))
    assert product.pages == ""
    assert [each["message"] for each in product.report["findings"]] == ["a line is too long"]


def test_a_draft_is_a_file_of_its_own_and_kept_pages_need_none(make: Make, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    product = make(as_draft=True)
    assert isinstance(product.pdf, str)
    assert (Path(product.pdf).parent, Path(product.pdf).read_bytes()) == (tmp_path, PDF)
    assert make(pages=product.pages, pdf=PDF, as_draft=True).pdf == b""
    assert len(list(tmp_path.iterdir())) == 1


def test_a_product_names_its_document_and_what_its_pages_depend_on(make: Make) -> None:
    product = make()
    assert tuple(product.identity) == ("A_93_7", "en", "report")
    assert {*product.stages} == {"read", "mark up", "typeset", "check"}
    names = {name for name in product.inputs if "/" in name or name.endswith((".j2", ".toml"))}
    assert {"locales/en.toml", "base.html.j2", "report.html.j2", "css/page.css", "art/emblem.svg"} <= names
    assert not {"locales/ar.toml", "locales/fr.toml", "letter.html.j2", "css/arabic.css"} & names
    arabic = make("#. نص.", language=AR).inputs
    assert {"locales/ar.toml", "css/arabic.css"} <= arabic.keys()
    assert "weasyprint" in arabic and "fonts" in arabic


def test_a_file_of_this_machine_is_read_by_its_path(make: Make, tmp_path: Path) -> None:
    data = report(EN, "#. One.").encode()
    (tmp_path / "x.md").write_bytes(data)
    assert work.make(Task(SourcePath(tmp_path / "x.md"), sha256(data), DEFAULTS)).identity.symbol == "A_93_7"


# --- workers that were lost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "size", "limits", "message", "hint"),
    [
        (75, 0, Limits(), "took more than 2,048 MiB of memory", "raise --memory, which is now 2048"),
        (75, 2**20, Limits(1, 100), "took more than 200 MiB of memory", "raise --memory, which is now 100"),
        (75, 2**19, Limits(1, 101), "took more than 152 MiB of memory", "raise --memory, which is now 101"),
        (-27, 0, Limits(), "took more than 120 seconds of CPU time", "raise --timeout, which is now 120"),
        (-27, 2**19, Limits(0.5), "took more than 0.8 seconds of CPU time", "raise --timeout, which is now 0.5"),
        (-27, 0, Limits(1200), "took more than 1,200 seconds of CPU time", "raise --timeout, which is now 1200"),
        (-9, 0, Limits(), "the worker process ended (SIGKILL)", "memory may be low; see --memory"),
        (74, 0, Limits(), "the worker process ended (code 74)", "memory may be low; see --memory"),
    ],
)
def test_a_worker_that_is_lost_is_explained_with_the_limit_of_its_source(
    code: int, size: int, limits: Limits, message: str, hint: str
) -> None:
    with Pool(1, limits) as pool:
        lost = pool.loss(ProcessExpired("ended", code), size)
    assert isinstance(lost, ResourceError)
    assert (lost.message, lost.hint) == (message, hint)
    assert isinstance(lost, TimeLimitError) is (code == -27)  # which would be exceeded again


def test_a_worker_that_waits_has_ten_times_its_time() -> None:
    with Pool(1, Limits(30)) as pool:
        lost = pool.loss(TimeoutError(), 2**20)
        assert pool.loss(ValueError("of the document")) is None
    assert isinstance(lost, TimeLimitError)
    assert lost.message == "not ready after 600 seconds, most of them spent waiting"


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_worker_finds_its_next_task_waiting(jobs: int) -> None:
    with Pool(jobs, Limits()) as pool:
        assert (pool.width, pool.readers, pool.drafts) == (2 * jobs, pool, None)
