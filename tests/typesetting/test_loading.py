"""What WeasyPrint loads is loaded late or from the cache."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import masthead
from masthead.typesetting.engine import declarations
from paths import TOUCHSTONE


def test_every_module_with_declarations_is_known() -> None:
    package = Path(masthead.__file__).parent
    declaring = {path for path in package.rglob("*.py") if b"ffi.cdef(" in path.read_bytes()}
    declaring.remove(Path(declarations.__file__))
    assert declaring < set(declarations.declaring())
    assert [path.name for path in declarations.declaring() if not path.is_relative_to(package)] == ["ffi.py"]


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
    rarely = {"email.policy", "fontTools.unicodedata", "rich.progress", "fontTools.subset"}
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
