"""Comparisons as one HTML page that needs nothing else: the report of a run, and what `masthead review` serves."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from masthead.comparison import Comparison, Pair, State, record
from masthead.document import Direction, Language
from masthead.page import render
from masthead.pdf import raster

DPI = 110  # a page is 935 pixels wide: more than a screen shows of two side by side
FILES = Path(__file__).parent

Sheets = Callable[[str, int], str]
"""The address of a picture, by side (`baseline`, `candidate`) and page from 1; empty where there is none to show."""


def show(comparison: Comparison, sheets: Sheets, pages: int) -> dict[str, Any]:
    """A comparison as the page's script takes it, with the addresses of its pictures."""
    decided = [each for each in comparison.differences if not each.tolerated]
    changed = {each.page for each in decided}
    rtl = comparison.key.language in set(Language) and Language(comparison.key.language).direction is Direction.RTL
    return {
        **record.to_dict(comparison),
        "direction": Direction.RTL if rtl else Direction.LTR,
        "extent": record.extent(comparison),
        "pages": [
            {
                "number": number,
                "changed": number in changed or comparison.state is State.NEW,
                "baseline": sheets("baseline", number),
                "candidate": sheets("candidate", number),
            }
            for number in range(1, pages + 1)
        ],
    }


def enclosed(comparison: Comparison, pair: Pair) -> dict[str, Any]:
    """The same with pictures enclosed, for a report that travels alone: changed pages, page one of a new document."""
    if comparison.same:
        return show(comparison, lambda side, page: "", 0)
    data = {side: copy.read() for side, copy in (("baseline", pair.baseline), ("candidate", pair.candidate)) if copy}
    counts = {side: raster.count(pdf) for side, pdf in data.items()}
    wanted = {each.page for each in comparison.differences if not each.tolerated} if len(data) == 2 else {1}

    def sheet(side: str, page: int) -> str:
        if page > counts.get(side, 0) or page not in wanted:
            return ""
        return "data:image/png;base64," + base64.b64encode(raster.png(data[side], page, DPI)).decode()

    return show(comparison, sheet, max(counts.values(), default=0))


def page(documents: Iterable[dict[str, Any]], *, token: str = "", nonce: str = "") -> str:
    """The HTML page that shows `documents`. With a `token` it has the means to decide; `nonce` is its policy's."""
    return render(
        "view.html.j2",
        FILES,
        data=script_data({"documents": list(documents), "token": token}),
        style=Markup((FILES / "view.css").read_text("utf-8")),
        script=Markup((FILES / "view.js").read_text("utf-8")),
        deciding=bool(token),
        nonce=nonce,
    )


def script_data(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
