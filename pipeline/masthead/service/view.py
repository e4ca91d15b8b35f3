"""Comparisons as one HTML page: the report of a run, which needs no other file, and the page of `masthead review`."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from masthead.comparison import Comparison, Pair, State, groups, reports
from masthead.document import Direction, Language
from masthead.page import render, script_data
from masthead.pdf import raster

DPI = 110  # a page is 935 pixels wide: more than a screen shows of two side by side
FILES = Path(__file__).parent
SIDES = ("baseline", "candidate")

Addresses = Callable[[str, int], str]
"""Returns the address of a picture, by side (`baseline`, `candidate`) and page from 1; empty for no picture."""


def show(comparison: Comparison, address: Addresses, pages: int) -> dict[str, Any]:
    """Return a comparison as the script of the page takes it, with the addresses of its pictures."""
    changed = {page for each in comparison.differences if not each.tolerated for page in each.on_pages}
    rtl = comparison.key.language in set(Language) and Language(comparison.key.language).direction is Direction.RTL

    homes = dict(comparison.homes)

    def sheet(number: int) -> dict[str, Any]:
        is_changed = number in changed or comparison.state is State.NEW
        home = homes.get(number, number)  # the page of the baseline with the same content
        pictures = {"baseline": address("baseline", home) if home else "", "candidate": address("candidate", number)}
        return {"number": number, "changed": is_changed} | pictures

    return {
        **reports.to_dict(comparison),
        "direction": Direction.RTL if rtl else Direction.LTR,
        "extent": reports.extent(comparison),
        "pages": [sheet(number) for number in range(1, pages + 1)],
    }


def show_embedded(comparison: Comparison, pair: Pair) -> dict[str, Any]:
    """Do the same with pictures embedded: of changed pages, and of page one of a new or deleted document."""
    if comparison.same:
        return show(comparison, lambda side, page: "", 0)
    data = {side: file.read() for side, file in zip(SIDES, (pair.baseline, pair.candidate), strict=True) if file}
    counts = {side: raster.count(pdf) for side, pdf in data.items()}
    wanted = {page for each in comparison.open for page in each.on_pages} if len(data) == 2 else {1}
    homes = dict(comparison.homes)
    shown = {"baseline": {homes.get(page, page) for page in wanted}, "candidate": wanted}

    def address(side: str, page: int) -> str:
        if page > counts.get(side, 0) or page not in shown[side]:
            return ""
        return "data:image/png;base64," + base64.b64encode(raster.png(data[side], page, DPI)).decode()

    return show(comparison, address, max(counts.values(), default=0))


def show_groups(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """Return the groups of changes as the script of the page takes them: documents by their numbers from 0.

    `documents` are those that have no other changes, so one decision can be made on all of them.
    """
    comparisons = tuple(comparisons)
    places = {comparison.key: place for place, comparison in enumerate(comparisons)}
    return [
        {
            "change": found.change,
            "count": len(found.documents),
            "documents": [places[key] for key in found.documents if key not in set(found.odd)],
            "odd": [places[key] for key in found.odd],
        }
        for found in groups.group(comparisons)
    ]


class _OwnWords(dict[str, str]):
    """Texts by their English ones; a text without a translation stays English."""

    def __missing__(self, text: str) -> str:
        return text


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the texts of the page in a language by the English ones; those of English are empty."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads((FILES / "view_words.toml").read_text("utf-8"))
    return found.get(language, {})


def page(
    documents: Iterable[dict[str, Any]],
    *,
    groups: Iterable[dict[str, Any]] = (),
    token: str = "",
    nonce: str = "",
    language: str = "en",
) -> str:
    """Return the HTML page that shows `documents`, and the `groups` of the same change in many of them.

    With a `token` it can record decisions; `nonce` is that of the content security policy. Decisions and groups are in
    English whatever the `language` is.
    """
    said = words(language)
    values = {"documents": list(documents), "groups": list(groups), "token": token}
    data = script_data(values | ({"words": dict(said)} if said else {}))
    style, script = (Markup((FILES / name).read_text("utf-8")) for name in ("view.css", "view.js"))
    direction = Direction.RTL if language == "ar" else Direction.LTR
    shown = {"data": data, "style": style, "script": script, "deciding": bool(token), "nonce": nonce}
    own = {"words": _OwnWords(said), "language": language, "direction": direction}
    return render("view.html.j2", FILES, **shown, **own)
