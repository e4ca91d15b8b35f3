"""How well redlines show what changed: on pairs whose changes are known, on real pairs, by LibreOffice, and how fast.

    python benchmarks/redline.py seeds [COUNT] [RICHEST]   seeded pairs in six languages; the RICHEST by LibreOffice too
    python benchmarks/redline.py chains FOLDER [EVERY]     resolutions of the Council that follow one another
    python benchmarks/redline.py marks FOLDER              paragraphs that changed, by tests/redline/chain_marks.tsv
    python benchmarks/redline.py speed                     250 pages with 500 changes against reading both, and growth

Accepting all tracked changes must give the new document and rejecting them the old one, by our reader and by
LibreOffice. FOLDER has the language versions of resolutions in Akoma Ntoso, in folders by year and language.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from masthead import formats
from masthead.document import (
    Block,
    Content,
    Document,
    Emphasis,
    Hyperlink,
    Inline,
    Language,
    MastheadError,
    Paragraph,
    Reference,
    Strong,
    Text,
    contents,
    joined,
    map_contents,
    plain,
)
from masthead.document.references import Unit, units
from masthead.formats import Changes, Revisor, resolve_changes, write_tracked
from masthead.redline import ChangeKind, as_compared, changes, merge, redline, words

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

import office  # noqa: E402
import revising  # noqa: E402

REVISOR = Revisor("Benchmark", datetime(2049, 1, 1, tzinfo=UTC))
MARKS = ROOT / "tests" / "redline" / "chain_marks.tsv"
UNITS = ("preambular", "operative", "item", "numbered", "plain")
MOVES, MINIMAL, AGREEMENT, COST = 0.95, 1.05, 0.9, 2.0
ALIKE = 0.5  # share of three-word sequences from which on a resolution follows another
Pairs = Mapping[str, tuple[Document, Document]]


def seeds(count: int = 300, richest: int = 60) -> bool:
    """Measure seeded pairs, those of each language in turn."""
    sources: dict[Language, list[Document]] = {}
    for path in sorted(
        each for name in ("examples", "examples/specimens", "tests/data/versions") for each in ROOT.glob(f"{name}/*.md")
    ):
        document = formats.read(path)
        sources.setdefault(document.language, []).append(document)
    kinds: Counter[str] = Counter()
    failed, moved, named, least, shown = [], 0, 0, 0, 0
    rich: list[tuple[int, str, tuple[Document, Document]]] = []
    for seed in range(count):
        own = sources[sorted(sources)[seed % len(sources)]]
        pair = revising.revise(own[seed // len(sources) % len(own)], seed, 1 + seed % 6)
        kinds.update(pair.kinds)
        name = f"{seed}-{pair.new.language}"
        if _differs(pair.old, pair.new):
            failed.append(f"{name} {pair.kinds}")
        found = changes(redline(pair.old, pair.new))
        moved += len(pair.moved)
        named += min(len(pair.moved), len(found.of(ChangeKind.MOVED)))
        least, shown = least + pair.words, shown + found.words
        rich.append((len(pair.kinds), name, (pair.old, pair.new)))
    print(f"{count} pairs: {', '.join(f'{kind} {number}' for kind, number in sorted(kinds.items()))}")
    print(f"accept = new and reject = old: {count - len(failed)} of {count} {failed[:5]}")
    print(f"moves named as moves: {named} of {moved} ({named / moved:.1%})")
    print(f"changed words: {shown} shown, {least} true ({shown / least:.3f})")
    wrong = (
        _judged({name: pair for _, name, pair in sorted(rich, key=lambda each: -each[0])[:richest]}) if richest else []
    )
    return not failed and not wrong and named >= MOVES * moved and shown <= MINIMAL * least


def _differs(old: Document, new: Document) -> bool:
    """Return whether the tracked changes of a pair give other documents than its two, as Word files hold them.

    Links and the kinds of spaces are not tracked: those of the new document stay.
    """
    found = redline(old, new)
    data = write_tracked(found, REVISOR)
    merge(found)
    return any(
        _text_of(formats.parse(resolve_changes(data, how, "x.docx"), "x.docx"))
        != _text_of(formats.parse(formats.render(document, ".docx"), "x.docx"))
        for how, document in ((Changes.ACCEPT, found.plain_new), (Changes.REJECT, found.plain_old))
    )


def _text_of(document: Document) -> Document:
    """Return a document without links, and with one kind of spaces, hyphens and digits."""

    def bare(content: Content) -> Content:
        return joined(map(_bare_inline, content))

    names = ("preface", "body", "notes", "annexes")
    made = replace(document, **{name: map_contents(getattr(document, name), bare) for name in names})
    lines = {name: as_compared(getattr(made.preface, name)) for name in ("session", "agenda_item", "adoption", "place")}
    masthead = replace(made.masthead, date=as_compared(made.masthead.date))
    return replace(made, preface=replace(made.preface, **lines), masthead=masthead)


def _bare_inline(inline: Inline) -> Inline:
    match inline:
        case Text(text) | Reference(text) | Hyperlink(text):
            return Text(as_compared(text))
        case Strong(content) | Emphasis(content):
            return replace(inline, content=tuple(map(_bare_inline, content)))
    return inline


def _judged(pairs: Pairs) -> list[str]:
    """Return the pairs of which LibreOffice makes other texts than those of the two documents."""
    files: dict[str, bytes] = {}
    for name, (old, new) in pairs.items():
        found = redline(old, new)
        tracked = write_tracked(found, REVISOR)
        files |= {f"accept-{name}": tracked, f"reject-{name}": tracked}
        files[f"new-{name}"] = formats.render(found.plain_new, ".docx")
        files[f"old-{name}"] = formats.render(found.plain_old, ".docx")
    texts = office.texts(files, timeout=3600)
    ways = (("accept", "new"), ("reject", "old"))
    wrong = [
        f"{how} {name}" for name in pairs for how, side in ways if texts[f"{how}-{name}"] != texts[f"{side}-{name}"]
    ]
    print(f"by LibreOffice: {2 * len(pairs) - len(wrong)} of {2 * len(pairs)} texts {wrong[:8]}")
    return wrong


def chains(folder: Path, every: int = 1) -> bool:
    """Measure real pairs: a resolution and the earlier one that is most like it, in all languages."""
    documents = _documents(folder)
    followed = list(_followed(documents[Language.ENGLISH]))[::every]
    print(f"{len(followed)} chains")
    failed = []
    agreed: list[float] = []
    for old, new in followed:
        versions = {
            language: redline(each[old], each[new])
            for language, each in documents.items()
            if old in each and new in each
        }
        for language, found in versions.items():
            if _differs(found.old, found.new):
                failed.append(f"{old} {new} {language}")
        marked = {language: _changed(old, new, documents[language]) for language in versions}
        english = marked.pop(Language.ENGLISH)
        agreed += [_agreement(english, other) for other in marked.values()]
    total = len(agreed) + len(followed)
    print(f"accept = new and reject = old: {total - len(failed)} of {total} {failed[:5]}")
    print(f"paragraphs said to have changed, in agreement with English: {sum(agreed) / len(agreed):.1%}")
    return not failed


def _documents(folder: Path) -> dict[Language, dict[str, Document]]:
    found: dict[Language, dict[str, Document]] = {language: {} for language in Language}
    for path in sorted(folder.rglob("*.xml")):
        if re.search(r"(?:RES|SC)_", path.name):
            try:
                document = formats.read(path)
            except MastheadError:
                continue
            found[document.language].setdefault(str(document.symbol), document)
    return found


def _followed(documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of symbols of which the second is most like the first among all that came before it."""
    known: list[tuple[str, set[tuple[str, ...]]]] = []
    for symbol in sorted(documents, key=lambda each: int((re.findall(r"\d+", each) or ["0"])[0])):
        text = [
            word.lower()
            for content in contents(documents[symbol].body)
            for word in words(plain(content))
            if len(word) > 3
        ]
        own = set(zip(text, text[1:], text[2:], strict=False))
        best = max(
            ((len(own & other) / max(min(len(own), len(other)), 1), name) for name, other in known), default=(0, "")
        )
        if best[0] >= ALIKE and len(own) > 30:
            yield best[1], symbol
        if len(own) > 30:
            known.append((symbol, own))


def _changed(old: str, new: str, documents: Mapping[str, Document]) -> set[str]:
    """Return the paragraphs of the new document that were added, divided or merged, or have other words, by place."""
    found = changes(redline(documents[old], documents[new]))
    return {
        place
        for change in found.changes
        if change.unit in UNITS and (change.words or change.kind in (ChangeKind.DIVIDED, ChangeKind.MERGED))
        for place in change.places[1].split("; ")
        if place
    }


def _agreement(one: set[str], other: set[str]) -> float:
    """Return the share of the paragraphs of either that both name."""
    return len(one & other) / len(one | other) if one | other else 1.0


def marks(folder: Path) -> bool:
    """Compare what is said to have changed with what people marked in the English texts, and between languages."""
    documents = _documents(folder)
    by_pair: dict[tuple[str, str], set[str]] = {}
    with MARKS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            by_pair.setdefault((row["old"], row["new"]), set()).update(filter(None, [row["changed"]]))
    met = missed = extra = untrue = same = paragraphs = 0
    for (old, new), wanted in by_pair.items():
        for language, each in documents.items():
            if old not in each or new not in each:
                continue
            found, before = _changed(old, new, each), {_squeezed(unit) for unit in units(each[old])}
            texts = {unit.place: _squeezed(unit) for unit in units(each[new]) if unit.kind in UNITS}
            met, missed, extra = met + len(wanted & found), missed + len(wanted - found), extra + len(found - wanted)
            untrue += sum(texts[place] in before for place in found - wanted)
            paragraphs += len(texts)
            same += len(texts) - len(wanted ^ found)
            if wanted ^ found:
                print(
                    f"{old} > {new} {language}:",
                    *sorted(wanted - found),
                    "| not marked:",
                    *sorted(found - wanted),
                    sep=" ",
                )
    print(
        f"of {met + missed} marked paragraphs of {len(by_pair)} chains in six languages, {met} are said to have changed"
    )
    print(f"{extra} others are, of which {untrue} have the same text as before; {same / paragraphs:.1%} of all agree")
    return met >= AGREEMENT * (met + missed) and not untrue and same >= AGREEMENT * paragraphs


def _squeezed(unit: Unit) -> str:
    """Return the text of a paragraph without spaces: what must differ if the paragraph is said to have changed."""
    return as_compared("".join(unit.text.split()))


def speed() -> bool:
    """Compare the CPU of a redline of 250 pages with that of reading both documents, and of half of it."""
    base = formats.read(ROOT / "examples" / "specimens" / "A_104_96.en.md")
    paragraphs, chance = revising.texts_of(base, 12), random.Random(1)
    rates = []
    for pages in (125, 250):
        chosen = [chance.choice(paragraphs) for _ in range(12 * pages)]
        blocks = [replace(each, content=(Text(_shuffled(plain(each.content), chance)),), items=()) for each in chosen]
        old = replace(base, body=tuple(blocks), annexes=(), notes=tuple(note for note in base.notes if note.asterisk))
        new = replace(old, body=tuple(_revised(old.body, 2 * pages, chance)))
        data = [formats.render(each, ".md") for each in (old, new)]
        start = process_time()
        both = [formats.parse(each, "x.md") for each in data]
        reading = process_time() - start
        start = process_time()
        found = changes(redline(*both))
        took = process_time() - start
        count = sum(map(revising.count_words, old.body))
        said = f"reading {reading:.2f} s, redline {took:.2f} s, {len(found.changes)} found"
        print(f"{count} words, {2 * pages} changes: {said}")
        rates.append((took, took / reading))
    print(f"twice the length takes {rates[1][0] / rates[0][0]:.2f} times as long")
    return rates[1][1] <= COST and rates[1][0] <= 2.6 * rates[0][0]


def _revised(blocks: Sequence[Block], count: int, chance: random.Random) -> Iterator[Block]:
    """Yield blocks of which so many were removed, added, or have another word."""
    changed = set(chance.sample(range(len(blocks)), count))
    for at, block in enumerate(blocks):
        way = chance.choice(("word", "word", "word", "remove", "add")) if at in changed else ""
        if way == "add" or not way:
            yield block
        if way in ("word", "add") and isinstance(block, Paragraph):
            tokens = plain(block.content).split(" ")
            if way == "add":
                chance.shuffle(tokens)
            tokens[len(tokens) // 2] = "harbour"
            yield replace(block, content=(Text(" ".join(tokens)),))


def _shuffled(text: str, chance: random.Random) -> str:
    """Return a paragraph of other sentences in the same words, as long as those of reports are."""
    tokens = [word for word in words(text) if word.strip()] * 2
    chance.shuffle(tokens)
    return " ".join(tokens)


if __name__ == "__main__":
    command, *rest = sys.argv[1:] or ["seeds"]
    if command == "seeds":
        good = seeds(*map(int, rest))
    elif command == "chains":
        good = chains(Path(rest[0]), *map(int, rest[1:]))
    elif command == "marks":
        good = marks(Path(rest[0]))
    else:
        good = speed()
    sys.exit(not good)
