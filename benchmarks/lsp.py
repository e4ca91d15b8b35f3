"""How long an editor waits for the findings after a keystroke in a report of a hundred pages.

    python benchmarks/lsp.py [--pages] [--keys 100]

A real client types into a document through `masthead lsp`, letter by letter, at places all over it: in paragraphs,
tables, notes and headings. The time of a key is from the change that the client sends to the findings that it receives
for that version. The last figure is the time until the check of the whole document has arrived. `--pages` also
typesets the document and counts its pages. Exit code 1 if one key in twenty takes longer than 100 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from editors import editing

EXAMPLES = Path(__file__).parent.parent / "examples"
LIMIT = 0.1  # seconds
SECTIONS, PARAGRAPHS = 38, 9
_TABLE = "\n".join(f"| Harbour {at} | {at} 0{at}0 | {at}.5 | Being built |" for at in range(1, 9))


def report() -> str:
    """A report of a hundred pages: paragraphs with subparagraphs and notes, headings, tables; a slip in every third."""
    chance = random.Random("a hundred pages")
    front, _, body = (EXAMPLES / "specimens" / "A_104_96.en.md").read_text("utf-8").partition("\n---\n")
    words = sorted({word for word in body.split() if word.isalpha() and word.islower()})
    blocks, notes, number = [f"{front}\n---".replace("[^*]", "")], [], 0

    def sentence(length: int) -> str:
        return " ".join(chance.sample(words, length)).capitalize() + "."

    for section in range(1, SECTIONS + 1):
        blocks.append(f"# Harbours of district {section}")
        for at in range(PARAGRAPHS):
            number += 1
            notes.append(f"[^{number}]: See A/{60 + number % 40}/{number}, paragraph {at + 1}.")
            text = " ".join(sentence(chance.randint(12, 28)) for _ in range(6))
            blocks.append(f"{number}. {text} See resolution 70/{number} and A/71/{number}.[^{number}]")
            if at % 3 == 0:
                blocks[-1] = blocks[-1].replace(". See", " the the. See")
                blocks += [f"{' ' * len(f'{number}. ')}- ({letter}) {sentence(20)}" for letter in "abc"]
        head = "| Harbour | Keepers | Cost | State |\n|---|--:|--:|---|"
        blocks.append(
            f"<!-- table {section} --> Harbours\n\n{head}\n{_TABLE}\n\n<!-- remark --> *Source:* the keepers."
        )
    return "\n\n".join((*blocks, *notes)) + "\n"


async def measure(path: Path, keys: int) -> tuple[list[float], float]:
    """Return the seconds of each key, and those until the whole document has been checked after the last."""
    lines, chance, taken = path.read_text("utf-8").split("\n"), random.Random("keys"), []
    async with editing(path.parent) as editor:
        uri = editor.open(path)
        await editor.findings(uri, 1)
        places = [at for at, line in enumerate(lines) if at > 15 and len(line) > 20 and "---" not in line]
        for version in range(2, keys + 2):
            line = chance.choice(places)
            began = perf_counter()
            editor.type(uri, version, line, len(lines[line]) - 4, chance.choice("abcdeé ,"))
            await editor.findings(uri, version)
            taken.append(perf_counter() - began)
            await asyncio.sleep(0.02)
        sent = editor.sent[uri]
        count, began = len(sent), perf_counter()
        await editor.until(lambda: len(sent) > count)
        return taken, perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--keys", type=int, default=100)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "A_104_96.en.md"
        path.write_text(text := report(), "utf-8")
        print(f"{len(text):,} characters, {text.count(chr(10)):,} lines")
        if chosen.pages:
            from masthead.pdf import raster
            from masthead.publication import typeset

            print(f"{raster.count(typeset(path).data)} pages")
        taken, whole = asyncio.run(measure(path, chosen.keys))
    most = quantiles(taken, n=20)[-1]
    print(
        f"findings after a key: median {median(taken):.3f} s, 19 of 20 within {most:.3f} s, longest {max(taken):.3f} s"
    )
    print(f"the whole document, after the last key: {whole:.2f} s")
    sys.exit(int(most > LIMIT))


if __name__ == "__main__":
    main()
