"""What WeasyPrint loads is loaded late or from the cache."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import masthead
from masthead.document import TEMPLATES
from masthead.typesetting.engine import declarations, sheets
from paths import TOUCHSTONE


def test_every_module_with_declarations_is_known() -> None:
    package = Path(masthead.__file__).parent
    declaring = {path for path in package.rglob("*.py") if b"ffi.cdef(" in path.read_bytes()}
    declaring.remove(Path(declarations.__file__))
    assert declaring < set(declarations.declaring())
    assert [path.name for path in declarations.declaring() if not path.is_relative_to(package)] == ["ffi.py"]


@pytest.mark.skipif(sys.platform != "linux", reason="lists the libraries that are loaded from /proc")
def test_libraries_stay_loaded_while_threads_of_theirs_may_run(tmp_path: Path) -> None:
    code = "\n".join(
        [
            "import masthead, sys",
            "from masthead.typesetting.engine import declarations",
            "maps = lambda: open('/proc/self/maps').read()",
            "assert 'libpangoft2' not in maps()",
            "ffi = declarations.ffi()",
            "library = ffi.dlopen('libpangoft2-1.0.so.0')",
            "del library, ffi",
            "print('cffi' in sys.modules, 'libpangoft2' in maps() and 'libfontconfig' in maps())",
            "import masthead.typesetting.typesetter",  # keeps the declarations
        ]
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    first, second = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout
        for _ in range(2)
    )
    assert (first, second) == ("True True\n", "False True\n")


def test_deferred_modules_are_imported_when_they_are_called() -> None:
    code = "\n".join(
        [
            "import sys",
            "from masthead.typesetting.engine.weasyprint.pdf import fonts",
            "assert not {'fontTools.subset', 'fontTools.varLib.instancer'} & set(sys.modules)",
            "options = fonts.subset.Options(retain_gids=True)",
            "from fontTools import subset",
            "assert isinstance(options, subset.Options) and options.retain_gids",
        ]
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_publishing_imports_nothing_that_it_rarely_needs(tmp_path: Path) -> None:
    rarely = {"email.policy", "fontTools.unicodedata", "rich.progress", "fontTools.subset", "pypdfium2"}
    code = "\n".join(
        [
            "import sys, masthead",
            "from masthead.batch import progress",
            f"masthead.publish({str(TOUCHSTONE)!r})",
            f"print(*sorted({rarely!r} & set(sys.modules)))",
        ]
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert run.stdout == "\n"


def test_the_style_sheet_for_presentational_hints_is_not_parsed_and_the_others_are() -> None:
    from masthead.typesetting.engine.weasyprint import html

    assert (html.PH, len(html.UA) > 10_000, len(html.UA_FORM) > 100) == ("", True, True)


def test_style_sheets_are_the_same_whether_they_were_kept_or_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    from masthead.typesetting.engine.weasyprint import CSS, html
    from masthead.typesetting.engine.weasyprint.css.counters import CounterStyle

    path = TEMPLATES / "css" / "page.css"
    for make in (partial(CSS, string=html.UA), partial(CSS, string=html.UA_FORM), partial(CSS, url=path.as_uri())):
        counters = CounterStyle()
        parsed = make(counter_style=counters)
        state = _state(parsed.matcher, parsed.page_rules, counters)
        sheets.keep((parsed.matcher, parsed.page_rules, counters), path.name)
        kept = sheets.read(path.name)
        assert kept[0] is not parsed.matcher
        assert _state(*kept) == state
        assert len(state) > 500


def _state(matcher: Any, page_rules: Any, counters: Any) -> str:
    """Return all that a parsed style sheet says, in words."""
    rules = [
        (key, *_selector(test), *rest)
        for name, index in sorted(vars(matcher).items())
        for key, entries in (index.items() if isinstance(index, dict) else [(name, index)])
        for test, *rest in (entries if isinstance(entries, list) else ())
    ]
    pages = [(repr(rule.serialize()), selectors, declarations) for rule, selectors, declarations in page_rules]
    return re.sub(" at 0x[0-9a-f]+", "", repr((matcher.order, rules, pages, sorted(counters.items()))))


def _selector(test: Any) -> tuple[object, ...]:
    code = test.__code__
    return code.co_code, code.co_names, repr(code.co_consts)


def test_bundled_style_sheets_are_kept_before_a_document_is_opened(tmp_path: Path) -> None:
    code = "\n".join(
        [
            "import masthead.batch.worker, masthead",
            "from masthead.typesetting.engine.weasyprint import CSS",
            "parse, parsed = CSS.__init__, []",
            "CSS.__init__ = lambda self, **given: parsed.append(given['url']) or parse(self, **given)",
            f"masthead.publish({str(TOUCHSTONE)!r})",
            "print(*{url.rpartition('/')[2] for url in parsed})",
        ]
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout == "digits-arab.css\n"  # it has more than rules


def test_a_style_sheet_that_has_changed_is_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    sheets.keep("first", "file:///style.css", b"p { color: red }", "print")
    assert sheets.read("file:///style.css", b"p { color: red }", "print") == "first"
    assert sheets.read("file:///style.css", b"p { color: blue }", "print") is None
    assert sheets.read("file:///other.css", b"p { color: red }", "print") is None


def test_workers_import_ciphers_for_encrypted_files_alone() -> None:
    code = "\n".join(
        [
            "import io, sys, masthead.batch.worker, pikepdf, pypdf",
            "assert 'cryptography' not in sys.modules",
            "file, pdf = pikepdf.new(), io.BytesIO()",
            "file.add_blank_page()",
            "file.save(pdf, encryption=pikepdf.Encryption(owner='o', user='', R=int(sys.argv[1])))",
            "reader = pypdf.PdfReader(pdf)",
            "assert reader.is_encrypted and len(reader.pages) == 1",
            "assert 'cryptography' in sys.modules",
        ]
    )
    for revision in ("4", "6"):
        subprocess.run([sys.executable, "-c", code, revision], check=True)
