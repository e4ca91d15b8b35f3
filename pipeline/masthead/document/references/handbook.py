"""References as a page of the documentation: `python -m masthead.document.references.handbook > docs/references.md`."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document.locales import load
from masthead.document.references.citation import Citation, Kind
from masthead.document.references.linking import address
from masthead.document.references.writing import write_citation
from masthead.document.terms import Language

_EXAMPLES = (
    *(Citation(Kind.DOCUMENT, symbol) for symbol in ("A/RES/64/293", "A/DEC/64/555", "S/RES/2254 (2015)", "A/71/119")),
    Citation(Kind.DATE, "2017-07-06"),
    Citation(Kind.SESSION, "72"),
    Citation(Kind.MEETING, "40"),
    Citation(Kind.AGENDA_ITEM, "21(2)"),
    Citation(Kind.PARAGRAPH, "7(1)"),
    Citation(Kind.ARTICLE, "7"),
    Citation(Kind.SECTION, "2"),
    Citation(Kind.ANNEX, "2"),
    Citation(Kind.TABLE, "1"),
    Citation(Kind.FIGURE, "1"),
    Citation(Kind.NOTE, "4"),
    Citation(Kind.TREATY, "2225/39574"),
    Citation(Kind.GOAL, "5"),
    Citation(Kind.TARGET, "5.2"),
)
_PARTS = frozenset({Kind.PARAGRAPH, Kind.SECTION, Kind.NOTE})
_COUNTED = frozenset({Kind.ANNEX, Kind.TABLE, Kind.FIGURE})


def markdown() -> str:
    """Every kind of reference, as each language writes it, and what it leads to."""
    return _INTRODUCTION + "\n".join(_table()) + _REASONS


def _table() -> Iterator[str]:
    yield f"| kind | {' | '.join(Language)} | leads to |"
    yield "|---" * (len(Language) + 2) + "|"
    for citation in _EXAMPLES:
        written = (write_citation(citation, load(language), language.digits) for language in Language)
        yield f"| {citation.kind} | {' | '.join(written)} | {_target(citation)} |"


def _target(citation: Citation) -> str:
    if citation.kind in _PARTS:
        return "the part itself, where it is said to be this document’s"
    if citation.kind in _COUNTED:
        return "the part itself, where it is no other document’s"
    return f"`{address(citation)}`" if address(citation) else "–"


_INTRODUCTION = """\
# References

Made from the locales by `python -m masthead.document.references.handbook`.

`masthead refs SOURCE` lists what a document refers to: where it stands, what it is in one form for all languages,
and what it leads to; what cannot be is told as lint tells it. In the PDF what leads somewhere is a link that looks
like the text around it; documents alone are blue, as in print. Every kind is read in each language as it is written
here:

"""
_REASONS = """\


Words in other cases, abbreviations, lists (`paragraphs 3, 4 (b) and 7 above`) and numerals of other kinds are read
too. What the table shows is written and read back by a test, for all numbers.

## What leads where, and why

- A document leads to its symbol at undocs.org.
- A treaty leads to its volume of the Treaty Series as the Treaty Section publishes it. The volume is all that a
  citation tells: the address of a single treaty holds its language and an identifier that no citation has.
- Goals and targets lead to their identifiers at metadata.un.org, which the Dag Hammarskjöld Library keeps. A number
  that is none leads nowhere, and lint tells it.
- Paragraphs, sections and notes lead to the document’s own where the text says so: “above”, “below”, “of the
  present resolution”. Without it `paragraph 7` may be any document’s, and leads nowhere.
- Annexes, tables and figures with a number lead to the document’s own, unless another document owns them:
  `A/71/119, annex II`, `annex II to the Charter`.
- Dates, sessions, meetings, agenda items and articles have no lasting address; they are listed and compared, not
  linked.

Each numbered paragraph has an anchor, `#paragraph-4-b`, on the web page as a fragment and in the PDF as a named
destination; in annexes and parts behind theirs, `#annex-2-paragraph-1`.
"""

if __name__ == "__main__":
    print(markdown(), end="")
