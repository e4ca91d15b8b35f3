"""What Akoma Ntoso has of short documents: each element that a document adds to a plain one, line by line.

An input is `report`, `resolution`, `council` (one of the Security Council) or `parts` (one of several), keys of its
front matter (`lines=best-fit`), a colon, and its text. Without a text it has one sentence.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import cases
from manuscripts import council_resolution, report, resolution
from masthead import formats
from masthead.document import Language

TABLE = Path(__file__).with_name("akn_written_cases.txt")
_FRAME = {"akomaNtoso", "documentCollection", "doc", "statement", "collectionBody", "component", "meta"}
_LINES = ("p", "num", "heading", "subheading")
_HEAD = re.compile(r"(report|resolution|council|parts)((?: [\w-]+=[^:=]*?)*):(?: |$)")


@cache
def written(source: str) -> tuple[str, ...]:
    """The elements of the file, each on a line, with its text if it has any; without most metadata."""
    head = _HEAD.match(source)
    assert head, source
    make = {"report": report, "council": council_resolution}.get(head[1], resolution)
    keys = dict(each.split("=", 1) for each in re.findall(r"[\w-]+=.*?(?= [\w-]+=|$)", head[2]))
    text = make(Language.ENGLISH, source[head.end() :] or "One sentence.", **keys)
    if head[1] == "parts":  # a resolution of several, without an enacting formula of its own
        text = text.replace("The General Assembly,\n\n", "", 1)
    file = formats.write(formats.parse(text.encode(), "x.en.md"), ".akn")
    root = etree.fromstring(file.encode())
    for element in root.iter():  # without the white space that indents elements
        element.text, element.tail = (
            None if text and "\n" in text and not text.strip() else text for text in (element.text, element.tail)
        )
    return tuple(_lines(root, 0))


def _lines(element: etree._Element, depth: int) -> list[str]:
    name = etree.QName(element).localname
    if name in ("identification", "publication", "references"):
        return []
    if name in _LINES or element.text or len(element) == 0:
        return [f"{' ' * depth}{_text(element)}"]
    inner = [line for each in element for line in _lines(each, depth + (name not in _FRAME))]
    return inner if name in _FRAME else [f"{' ' * depth}{_tag(element)}", *inner]


def _tag(element: etree._Element) -> str:
    told = {etree.QName(key).localname: value for key, value in element.attrib.items()}
    shown = "".join(f" {key}={value}" for key, value in told.items() if key != "contains")
    return f"<{etree.QName(element).localname}{shown}>"


def _text(element: etree._Element) -> str:
    inner = "".join(f"{_text(each)}{each.tail or ''}" for each in element)
    name = etree.QName(element).localname
    return f"{_tag(element)}{element.text or ''}{inner}" + (f"</{name}>" if element.tail else "")


def outcome(source: str) -> list[str]:
    """What a document has that a plain one has not; of a plain one, all."""
    kind = re.match(r"\w+", source)
    plain = written(f"{kind[0]}:") if kind and source != f"{kind[0]}:" else ()
    return [cases.shown(line) for line in written(cases.meant(source)) if line not in plain]


@pytest.mark.parametrize(("source", "expected"), cases.read(TABLE))
def test_the_akn_writer_writes_blocks_items_tables_notes_front_parts_and_annexes_so(
    source: str, expected: list[str]
) -> None:
    assert outcome(source) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
