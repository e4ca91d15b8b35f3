"""A run of one document: what the command imports, and what is not done twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from masthead.batch import inputs
from masthead.document import TEMPLATES, cache, compiled, numbers
from masthead.document.terms import Digits, Language
from paths import EXAMPLES

UNNEEDED = (
    *(
        "weasyprint",
        "pydyf",
        "tinycss2",
        "pypdf",
        "pikepdf",
        "pypdfium2",
        "PIL",
        "fontTools",
        "lxml",
        "yaml",
        "markdown_it",
    ),
    *("pebble", "asyncio", "multiprocessing", "jinja2", "email", "importlib.metadata", "annotated_types", "pydantic"),
    *("masthead.preflight", "masthead.pdf", "masthead.page.markup", "masthead.typesetting.typesetter"),
    *("webbrowser", "secrets"),
)
UNNEEDED_BY_WORKERS = (
    *("fontTools.ttLib.woff2", "fontTools.cu2qu", "fontTools.subset", "fontTools.varLib", "brotli", "lxml.html"),
    *("cryptography", "email.policy", "importlib.metadata", "docx"),
)
PROGRAM = f"""
import sys
sys.argv = ["masthead", "publish", {str(EXAMPLES / "E_RES_2017_18.ar.md")!r}, "-o", sys.argv[1]]
from masthead.cli import main
try:
    main()
except SystemExit as ending:
    assert not ending.code, ending.code
print([name for name in {UNNEEDED!r} if name in sys.modules])
"""


def test_the_command_imports_no_stage_and_no_pool(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(tmp_path / "out" / "E_RES_2017_18.ar.pdf"), "[]"]


def test_a_worker_imports_nothing_for_an_arabic_text_that_other_documents_need() -> None:
    program = (
        "import sys\n"
        "import masthead.batch.worker, masthead\n"
        f"masthead.publish({str(EXAMPLES / 'E_RES_2017_18.ar.txt')!r})\n"
        f"print([name for name in {UNNEEDED_BY_WORKERS!r} if name in sys.modules])\n"
    )
    for _ in range(2):  # the first one may parse what is kept
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_fork_server_keeps_what_it_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    program = (
        "from masthead.document import compiled\n"
        "import masthead.batch.fork_server, sys\n"
        "print(len(compiled._functions) > 500, 'masthead.preflight.verdict' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"
    sheets = tmp_path / compiled.FOLDER / compiled.SHEETS
    assert len([*sheets.parent.iterdir()]) == 2  # the table, and parsed style sheets
    assert len([*sheets.iterdir()]) > 15


def test_unchanged_files_are_not_read_again_to_survey_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "templates"
    (folder / "css").mkdir(parents=True)
    for name in ("a.html.j2", "css/a.css", ".hidden", "__pycache__/x.pyc"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    first = inputs._files(folder)
    assert sorted(first) == ["a.html.j2", "css/a.css"]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} read again"))
        assert inputs._files(folder) == first
    (folder / "css/a.css").write_text("css/b.css")
    second = inputs._files(folder)
    assert [name for name in first if first[name] != second[name]] == ["css/a.css"]
    (folder / "b.css").write_text("")
    assert sorted(inputs._files(folder)) == ["a.html.j2", "b.css", "css/a.css"]


def test_the_survey_is_the_same_with_and_without_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = inputs.survey()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert inputs.survey() == known == inputs.survey()
    assert known.files["css/page.css"] == cache.sha256((TEMPLATES / "css/page.css").read_bytes())


def test_templates_are_not_parsed_again_to_find_those_they_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    used = inputs.templates_of.__wrapped__
    first = used("resolution.html.j2")
    with monkeypatch.context() as patch:
        patch.setattr("jinja2.Environment.parse", lambda *_: pytest.fail("parsed again"))
        assert used("resolution.html.j2") == first
    text = (TEMPLATES / "resolution.html.j2").read_text("utf-8")
    assert inputs._references(text + '{% include "letter.html.j2" %}') == [*inputs._references(text), "letter.html.j2"]
    assert inputs._references("{% include name %}") == [None]


def test_only_the_expressions_of_kinds_that_a_text_may_have_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[numbers.NumberKind] = []
    compiled = numbers._pattern

    def recorded(language: Language, kind: numbers.NumberKind) -> object:
        asked.append(kind)
        return compiled(language, kind)

    monkeypatch.setattr(numbers, "_pattern", recorded)
    numbers.numbers_in("في عام ٢٠٤٩ كما هو مبين في هذه الفقرة", Language.ARABIC, Digits.ARABIC_INDIC)
    assert asked == [numbers.NumberKind.JOB, numbers.NumberKind.PHONE, numbers.NumberKind.NUMBER]
