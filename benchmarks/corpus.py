"""A corpus to measure on: as many distinct resolutions as are wanted, in six languages, made from the examples.

    python benchmarks/corpus.py FOLDER [--count 200] [--languages ar en …] [--kind distinct] [--touchstone]

Two kinds. In `variants` two paragraphs of three are those of the example, as in a series of decisions. In `distinct`
the words of every paragraph and note stand in another order, so that no line is another's, and the vocabulary is
shared, as in one organization's texts. Symbols and job numbers differ in both. Lengths are lognormal around that of the
example; one document of four has an annex with a table. With `--touchstone` all are of the length of the Arabic
touchstone, without annexes. The same arguments make the same files.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from masthead.document import DocumentType, Language, Organ
from masthead.formats import new_document, write

EXAMPLES = Path(__file__).parent.parent / "examples"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
KINDS = ("variants", "distinct")
_MARK = re.compile(r"\s*(?:\[\^\w+\]: |\d+\. |- (?:\S+ )?|)")
_KEPT = re.compile(r"\[\^|\]\(|[*<>|]")  # inline markup stays where it is
_OPERATIVE = re.compile(r"(\d+)\. ")


def documents(
    count: int, languages: tuple[str, ...], kind: str, *, touchstone: bool = False
) -> Iterator[tuple[str, str]]:
    """Give `count` documents as pairs of a file's name and its Markdown, the languages in turn."""
    for number in range(count):
        language = languages[number % len(languages)]
        chance = random.Random(f"{number} {kind}")
        base = "E_RES_2017_18.ar.md" if touchstone else f"specimens/A_RES_104_12.{language}.md"
        source = (EXAMPLES / base).read_text("utf-8")
        yield f"{number:05}.{language}.md", _vary(source, number // len(languages), chance, kind, touchstone)


def notes(count: int) -> Iterator[tuple[str, str]]:
    """Give `count` notes of one page, as `masthead new` writes them, with symbols and job numbers of their own."""
    for number in range(count):
        language = LANGUAGES[number % len(LANGUAGES)]
        note = new_document(DocumentType.NOTE, Language(language), Organ.GENERAL_ASSEMBLY, date(2049, 9, 1))
        symbol, job = f"A/{104 + number // 9999}/{1 + number % 9999}", f"49-{number % 99999:05}"
        source = re.sub("(?m)^symbol: .*", f"symbol: {symbol}", write(note, ".md"))
        yield f"{number:06}.{language}.md", re.sub("(?m)^job: [0-9-]+", f"job: {job}", source)


def _vary(source: str, number: int, chance: random.Random, kind: str, touchstone: bool) -> str:
    head, _, body = source.removeprefix("---\n").partition("---\n")
    body = re.sub(r"\s*<!-- page end -->", "", body)
    name = f"{2018 + number // 90}/{10 + number % 90}" if touchstone else f"{60 + number // 900}/{100 + number % 900}"
    head = re.sub(r"(?m)^number: .*", f"number: {name}", head)
    head = re.sub(r"(?m)^job: (\d\d)-\d{5}", rf"job: \g<1>-{10000 + number % 90000}", head)
    head = re.sub(r"(?m)^pagination: .*\n", "", head)
    blocks = [block for block in body.strip().split("\n\n") if block.strip()]
    notes = [block for block in blocks if block.startswith("[^")]
    text = [block for block in blocks if not block.startswith("[^")]
    if not touchstone:
        text = _lengthen(text, max(1, round(chance.lognormvariate(1.2, 0.7))), chance)
    varied = [_shuffle(block, chance) if kind == "distinct" or chance.random() < 1 / 3 else block for block in text]
    if not touchstone and chance.random() < 0.25:
        varied += _annex(text, chance)
    if kind == "distinct":
        notes = [_shuffle(block, chance) for block in notes]
    return f"---\n{head}---\n\n" + "\n\n".join((*varied, *notes)) + "\n"


def _lengthen(text: list[str], times: int, chance: random.Random) -> list[str]:
    """The operative paragraphs, with what stands below them, some of them `times` over, renumbered."""
    groups: list[list[str]] = [[]]
    for block in text:
        if _OPERATIVE.match(block):
            groups.append([])
        groups[-1].append(block)
    preamble, *operative = groups
    chosen = operative[:-1] + [chance.choice(operative[:-1]) for _ in range(times)] + operative[-1:]
    return preamble + [block for place, group in enumerate(chosen, 1) for block in _numbered(group, place)]


def _numbered(group: list[str], place: int) -> list[str]:
    """A paragraph and its subparagraphs under another number; they are indented by the width of it."""
    more = " " * (len(str(place)) - 1)
    return [_OPERATIVE.sub(f"{place}. ", group[0], count=1), *(more + block for block in group[1:])]


def _shuffle(block: str, chance: random.Random) -> str:
    """The block with its words in another order; its mark, its markup and its last word where they were."""
    mark = _MARK.match(block)[0]  # type: ignore[index]
    text = block[len(mark) :]
    separator = "" if re.search(r"[\u4e00-\u9fff]", text) else " "
    words = re.findall(r"\[\^\w+\]|\*+[^*]+\*+|[A-Z0-9/.]+|.", text) if not separator else text.split(" ")
    free = [index for index, word in enumerate(words[:-1]) if not _KEPT.search(word) and word not in "，；。、"]
    order = free[:]
    chance.shuffle(order)
    moved = dict(zip(free, order, strict=True))
    return mark + separator.join(words[moved.get(index, index)] for index in range(len(words)))


def _annex(text: list[str], chance: random.Random) -> list[str]:
    words = [word for block in text for word in re.findall(r"\w{2,}", re.sub(r"\[\^\w+\]", "", block))]
    cells = [chance.choice(words)[:12] for _ in range(9)]
    rows = [f"| {cells[row]} | {chance.randint(10, 999)} | {chance.randint(10, 999)} |" for row in range(3, 9)]
    table = "\n".join((f"| {cells[0]} | {cells[1]} | {cells[2]} |", "|---|--:|--:|", *rows))
    return [f"<!-- annex --> {chance.choice(words)[:12]}", f"<!-- table 1 --> {chance.choice(words)[:12]}", table]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--kind", choices=KINDS, default="distinct")
    parser.add_argument("--touchstone", action="store_true", help="Arabic, of the length of the touchstone")
    arguments = parser.parse_args()
    languages = ("ar",) if arguments.touchstone else tuple(arguments.languages)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents(arguments.count, languages, arguments.kind, touchstone=arguments.touchstone):
        (arguments.folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
