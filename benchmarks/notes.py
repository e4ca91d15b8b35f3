"""Random documents with notes of 1 to 900 words, set with the repairs and without: what becomes of their notes.

    python benchmarks/notes.py [DOCUMENTS] [FIRST SEED]

A document is twelve paragraphs of the touchstone on A4, A5 or A6, with random orphans, widows and page counters. Every
note of it is looked for: not drawn whole, outside the page, upon other text, away from its call. Then what the
structure tree says is compared with the source, paragraph by paragraph and note by note.
"""

from __future__ import annotations

import io
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import unrepaired
from masthead.document.errors import TypesettingError
from masthead.page.markup import Html
from masthead.pdf.content.tagged import read_tree
from masthead.typesetting.typesetter import Pdf, Variant, typeset

SOURCE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"
LENGTHS = (1, 3, 8, 20, 60, 150, 400, 900)
STYLE = """
@page { margin: 1.5cm; @footnote { border-top: .5pt solid; padding-top: 4pt; margin-top: 6pt } }
html { font: 12pt/1.6 Amiri, "Liberation Serif" } body { margin: 0 } p { text-align: justify; margin: 0 0 6pt }
.note { float: footnote; font-size: 9pt; line-height: 1.4 }
::footnote-call { content: attr(data-mark); font-size: 65%; vertical-align: super; line-height: 0 }
::footnote-marker { content: attr(data-mark) "\\a0" }
"""


@dataclass(frozen=True)
class Sample:
    """A document, and the texts that its structure must say, in order."""

    html: Html
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]


def sample(seed: int, lengths: tuple[int, ...] = LENGTHS) -> Sample:
    """The random document of a seed, with notes of `lengths` words."""
    source = SOURCE.read_text("utf-8").replace("*", "").replace("^", "")
    body = [text for block in source.split("\n\n") if len(text := " ".join(block.split())) > 60]
    words = " ".join(body).split()
    choice, paragraphs, notes, blocks = random.Random(seed), [], [], []
    for text in choice.sample(body, 12):
        parts, said = text.split(), text.split()
        count = min(choice.choice([0, 0, 1, 1, 2]), len(parts) - 1)
        for place in sorted(choice.sample(range(len(parts) - 1), count)):
            number, start = len(notes) + 1, choice.randrange(300)
            note = " ".join(words[(start + index) % len(words)] for index in range(choice.choice(lengths)))
            parts[place] += (
                f'<span class="note" id="note-{number}" data-note="{number}" data-mark="({number})">{note}</span>'
            )
            said[place] += f"({number})"
            notes.append(f"({number}) {note}")
        blocks.append(f"<p>{' '.join(parts)}</p>")
        paragraphs.append(" ".join(said))
    lines = choice.choice([1, 2, 3])
    style = f"{STYLE} p {{ orphans: {lines}; widows: {lines} }} @page {{ size: {choice.choice(['A4', 'A5', 'A6'])} }}"
    if choice.random() < 0.3:
        style += " @page { @bottom-right { content: counter(pages) } }"
    head = f"<title>{seed}</title><style>{style}</style>"
    text = f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body>{"".join(blocks)}</body></html>'
    return Sample(Html(text, SOURCE.parent), tuple(paragraphs), tuple(notes))


def faults(made: Sample, typeset: Callable[..., Pdf]) -> Counter[str]:
    """What is wrong with a document once it is set; `late` counts notes that a longer one kept off the call's page."""
    counts = Counter(documents=1, notes=len(made.notes))
    try:
        pdf = typeset(made.html, variant=Variant.ARCHIVE)
    except TypesettingError as error:
        counts["refused: " + error.message.partition("“")[0].split("(")[0].rstrip(": ")] += 1
        return counts
    counts["late"] += len(pdf.findings)
    texts = read_tree(pikepdf.open(io.BytesIO(pdf.data)))
    for kind, source in (("P", made.paragraphs), ("Note", made.notes)):
        read = [" ".join(each.text.split()) for each in texts if each.kind == kind]
        counts[f"{kind} as in the source"] += sum(map(str.__eq__, source, read))
        counts[f"{kind} lost or changed"] += max(len(source), len(read)) - sum(map(str.__eq__, source, read))
    return counts


def main() -> None:
    count, first = (int(word) for word in (*sys.argv[1:], "100", "0")[:2])
    for name, function in (("repaired", typeset), ("stock", unrepaired.typeset)):
        counts = Counter[str]()
        for seed in range(first, first + count):
            counts += faults(sample(seed), function)
        print(f"{name}: {dict(counts)}", flush=True)


if __name__ == "__main__":
    main()
