"""WeasyPrint with some of Masthead's changes, or none: repairs are needed, and `lines` and `pace` alter nothing.

The changes of a process cannot be taken back. So each choice of changes has a process of its own, which is started when
it is first used and ends with the tests.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING, Any
from unittest import mock

from masthead.page import Html
from masthead.typesetting import fonts, lines, pace, repairs

if TYPE_CHECKING:
    from masthead.typesetting import Pdf

STOCK: tuple[ModuleType, ...] = ()
REPAIRED = repairs.ALL


def typeset(html: Html, changes: Iterable[ModuleType] = STOCK, **options: Any) -> Pdf:
    """Typeset `html` with no other changes to WeasyPrint than `changes`: modules of `repairs`, `lines` and `pace`."""
    pdf: Pdf = _process(tuple(change.__name__ for change in changes)).submit(_typeset, html, options).result()[0]
    return pdf


def cpu(html: Html, changes: Iterable[ModuleType] = STOCK, **options: Any) -> float:
    """Return the CPU seconds that this takes."""
    seconds: float = _process(tuple(change.__name__ for change in changes)).submit(_typeset, html, options).result()[1]
    return seconds


def write_pdf(html: Html) -> bytes:
    """Return the plain PDF that the installed WeasyPrint makes in this process, in the project's fonts."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    with mock.patch.dict(os.environ, FONTCONFIG_FILE=str(fonts.load().fontconfig)):
        configuration = FontConfiguration()
    page = weasyprint.HTML(string=html.text, base_url=f"{html.base.resolve().as_uri()}/")
    return page.write_pdf(font_config=configuration)  # type: ignore[no-any-return]


@cache
def _process(names: tuple[str, ...]) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    # Without this the process would begin by importing the main program, and with it all changes.
    with mock.patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        pool.submit(_choose, names).result()
    return pool


def _choose(names: tuple[str, ...]) -> None:
    """Leave these changes only for `typesetter` to apply when it is imported."""
    assert "masthead.typesetting.typesetter" not in sys.modules
    for package in (repairs, lines, pace):
        package.ALL = tuple(change for change in package.ALL if change.__name__ in names)  # type: ignore[attr-defined]


def _typeset(html: Html, options: dict[str, Any]) -> tuple[Pdf, float]:
    from masthead.typesetting import typeset

    begin = time.process_time()
    return typeset(html, **options), time.process_time() - begin
