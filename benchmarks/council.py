"""Counts what reading and writing keep of the Security Council's own files in Akoma Ntoso.

    python benchmarks/council.py [FOLDER] [--every N]

The files are read with lxml alone. Counted are words, links, emphasis, numbers, raised text, keywords, votes and dates:
in the file, in the text of its pages, in the Document written as Akoma Ntoso again, and in the Document written as
Markdown, read, and written as Akoma Ntoso. What is layout is not counted: white space, parts of one link, links without
text. A file that the schema allows must be written as one that it allows.

FOLDER is `council` of the reference files unless given; `--every 10` takes each tenth file. Exit code 1 if a file
differs. What `differences` returns for a file is what another comparison may add to.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from masthead import formats
from masthead.page import printed_texts

REFERENCE = Path(os.environ.get("MASTHEAD_REFERENCE", "../shared/reference"))
SCHEMA = REFERENCE / "akn" / "akomantoso30.xsd"
LOOKS = {"b": {"bold"}, "i": {"italic"}}
SPACE = re.compile(r"[ \t\r\n]+")
# Line ends before punctuation and between Chinese characters are layout.
LINE_END = re.compile(r"[ \t\r]*\n\s*(?=[,،;؛.:：，；。、)])|(?<=[\u2e80-\uffef])[ \t\r]*\n\s*(?=[\u2e80-\uffef])")
BLOCKS = ("p", "num", "heading", "subheading", "listIntroduction", "listWrapUp", "docketNumber", "crossHeading")
TEXTS = ("coverPage", "preface", "preamble", "mainBody", "conclusions")

Facts = dict[str, list[Any]]


def facts_of(data: bytes) -> Facts:
    """Return what is counted in an Akoma Ntoso file."""
    root = etree.fromstring(data)
    for element in root.iter("{*}*"):
        element.tag = etree.QName(element).localname
    facts: Facts = {name: [] for name in ("words", "links", "emphasis", "numbers", "raised")}
    for part in root.iter(*TEXTS):
        for block in part.iter(*BLOCKS):
            if next(block.iterancestors("authorialNote", "p"), None) is None:
                _read_block(block, facts)
                for note in block.iter("authorialNote"):
                    for inner in note:
                        _read_block(inner, facts)
    facts["keywords"] = [tuple(sorted(each.attrib.items())) for each in root.iter("keyword")]
    facts["votes"] = [(each.get("refersTo"), each.get("value")) for each in root.iter("count", "quorum")]
    facts["votes"] += [_text(each) for each in root.iter("organization")]
    facts["steps"] = [tuple(sorted(each.attrib.items())) for each in root.iter("step")]
    facts["dates"] = [each.get("date") for each in root.iter("{*}*") if each.get("date")]
    names = ("FRBRthis", "FRBRuri", "FRBRauthor", "FRBRlanguage", "FRBRcountry")
    facts["identifiers"] = [tuple(sorted(each.attrib.items())) for each in root.iter(*names)]
    return facts


def _read_block(block: etree._Element, facts: Facts) -> None:
    """Count what is in one line of a file."""
    runs = list(_runs(block, frozenset(), ""))
    text = SPACE.sub(" ", LINE_END.sub("", "".join(text for text, _, _ in runs))).strip()
    facts["words"] += text.split()  # a no-break space may part a mark from its text, and counts as a space
    if block.tag == "num" and text:
        facts["numbers"].append(text)
    for at, name in ((1, "emphasis"), (2, "links")):
        current, held = None, ""
        for run in (*runs, ("", None, None)):
            text, kind = run[0], run[at]
            if kind != current and (text.strip() or kind is None):
                if current and _bare(held):
                    facts[name].append((str(sorted(current) if at == 1 else current), _bare(held)))
                current, held = kind, ""
            held += text
    for raised in block.iter("sup"):
        if next(raised.iter("authorialNote", "ref"), None) is None and raised.get("class") != "footnote":
            facts["raised"] += [_bare(_text(raised))] if _bare(_text(raised)).strip("()") else []


def _runs(element: etree._Element, looks: frozenset[str], link: str) -> Iterator[tuple[str, frozenset[str], str]]:
    """Yield the texts of a line with their looks and links, without its notes and the parentheses of calls."""
    looks = looks | LOOKS.get(element.tag, set())
    if element.tag == "span":
        looks = looks | (set(str(element.get("class", "")).split()) & {"bold", "italic"})
    link = str(element.get("href", "")) if element.tag == "a" else link
    if element.tag != "sup" or _text(element).strip() not in ("(", ")"):
        yield element.text or "", looks, link
    for child in element:
        if child.tag != "authorialNote":
            yield from _runs(child, looks, link)
        yield child.tail or "", looks, link


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def differences(path: Path, schema: etree.XMLSchema | None) -> tuple[Counter[str], list[str]]:
    """Return how many of each kind a file has and loses, and what differs, as lines."""
    counts: Counter[str] = Counter()
    data = path.read_bytes()
    source, found = facts_of(data), []
    try:
        document = formats.read(path)
        written = formats.render(document, ".akn")
        markdown = formats.render(document, ".md")
        again = formats.parse(markdown, "again.md")
        ways = {"AKN": written, "Markdown": formats.render(again, ".akn")}
    except Exception as error:  # a benchmark reports every failure
        return Counter({"crashes": 1}), [f"{type(error).__name__}: {error}"]
    if again != document:
        found.append(f"Markdown: another document: {_first_difference(document, again)}")
    for name, values in source.items():
        counts[name] += len(values)
    printed = "".join(each.text for each in printed_texts(document))
    lost = Counter(_letters("".join(source["words"]))) - Counter(_letters(printed))
    counts["letters that the page does not print"] += sum(lost.values())
    if lost:
        found.append(f"page: not printed: {dict(lost)}")
    for way, result in ways.items():
        target = facts_of(result)
        for name, values in source.items():
            missing, added = Counter(values) - Counter(target[name]), Counter(target[name]) - Counter(values)
            counts[f"{name} lost by {way}"] += sum(missing.values())
            counts[f"{name} added by {way}"] += sum(added.values())
            # Typed numbers are numbers when they are written; each annex of several in one has metadata of its own.
            if missing or (added and name not in ("numbers", "dates", "identifiers")):
                found.append(f"{way}: {name}: lost {list(missing)[:4]}, added {list(added)[:4]}")
            elif name in ("words", "links", "emphasis") and values != target[name]:
                counts[f"{name} in another order by {way}"] += 1
                found.append(f"{way}: {name}: another order")
        if schema is not None and schema.validate(etree.fromstring(data).getroottree()):
            counts["valid"] += way == "AKN"
            if not schema.validate(etree.fromstring(result).getroottree()):
                counts[f"invalid by {way}"] += 1
                found.append(f"{way}: invalid: {schema.error_log[0].message[:200]}")
    return counts, found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _first_difference(one: Any, other: Any, place: str = "document") -> str:
    """Return the place of the first difference of two values, and both."""
    if type(one) is type(other) and is_dataclass(one):
        for part in fields(one):
            if part.compare and (values := (getattr(one, part.name), getattr(other, part.name)))[0] != values[1]:
                return _first_difference(*values, f"{place}.{part.name}")
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for at, values in enumerate(zip(one, other, strict=True)):
            if values[0] != values[1]:
                return _first_difference(*values, f"{place}[{at}]")
    return f"{place}: {str(one)[:150]} / {str(other)[:150]}"


def summary(files: Sequence[Path], folder: Path, examine: Callable[[Path], tuple[Counter[str], list[str]]]) -> int:
    """Print what `examine` finds in each file, and the sums of what it counts; return 1 if it found anything."""
    totals: Counter[str] = Counter()
    differing = 0
    for path in files:
        counts, found = examine(path)
        totals += counts
        differing += bool(found)
        for line in found:
            print(f"{path.relative_to(folder)}: {line}", flush=True)
    print(f"\n{len(files)} files, {differing} differ")
    for name, count in sorted(totals.items()):
        print(f"{count:10,}  {name}")
    return int(bool(differing))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REFERENCE / "council")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    schema = etree.XMLSchema(etree.parse(SCHEMA)) if SCHEMA.exists() else None
    files = sorted(options.folder.rglob("*.xml"))[:: options.every]
    return summary(files, options.folder, lambda path: differences(path, schema))


if __name__ == "__main__":
    sys.exit(main())
