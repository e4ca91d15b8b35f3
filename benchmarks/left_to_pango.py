"""How much text `typesetting.paragraphs` sets itself, and what it leaves to Pango and to WeasyPrint's lines.

    python benchmarks/left_to_pango.py [FILE…]

The files (by default the examples and specimens) are typeset. Printed for each language: letters, the share of them
that was not drawn from `paragraphs`, lines that `lines.filling` and WeasyPrint filled, and then the texts that were
left to Pango most often.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from masthead import formats
from masthead.page import mark_up
from masthead.typesetting import ledger, typeset
from masthead.typesetting.lines import filling, placing

EXAMPLES = Path(__file__).parent.parent / "examples"


def main() -> None:
    files = [Path(each) for each in sys.argv[1:]] or [*EXAMPLES.glob("*.md"), *EXAMPLES.glob("specimens/*.md")]
    letters: dict[str, Counter[bool]] = defaultdict(Counter)
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    left: Counter[str] = Counter()
    check, fill, stock = ledger.check, filling.fill, placing._stock_get_next_linebox
    language = ""

    def count_texts(document: Any) -> Any:
        for box in (placed.box for placed in ledger.texts(document)):
            is_ours = vars(box.pango_layout).get("line") is not None
            letters[language][is_ours] += len(box.text)
            if not is_ours and box.text != ".":
                left[box.text.strip()] += 1
        return check(document)

    def count_filled(*arguments: Any) -> Any:
        found = fill(*arguments)
        lines[language]["filled"] += 1
        return found

    def count_stock(*arguments: Any) -> Any:
        lines[language]["WeasyPrint"] += 1
        return stock(*arguments)

    ledger.check, filling.fill, placing._stock_get_next_linebox = count_texts, count_filled, count_stock
    for path in sorted(files):
        document = formats.read(path)
        language = str(document.language)
        typeset(mark_up(document))
    for language, found in sorted(letters.items()):
        filled, others = lines[language]["filled"], lines[language]["WeasyPrint"]
        print(f"{language}: {found.total():,} letters, {found[False] / found.total():.1%} left to Pango; ", end="")
        print(f"{filled + others:,} different lines, {others} of them filled by WeasyPrint")
    print("; ".join(f"{text[:30]} ({times})" for text, times in left.most_common(12)))


if __name__ == "__main__":
    main()
