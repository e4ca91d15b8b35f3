"""Recorded votes: three sides, each with a label before its States."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document import Locale, Vote, patterns
from masthead.page import wording

COLON = " :："
"""What may end a label."""


def is_vote(text: str, locale: Locale) -> bool:
    """Return whether a paragraph begins with the label of the first side of a vote."""
    return patterns.fold(text).startswith(patterns.fold(labels(locale)[0].rstrip(COLON)))


def read_vote(lines: Sequence[str], locale: Locale) -> tuple[Vote, int] | None:
    """Read a vote from the lines of paragraphs; return it and the number of lines that it takes.

    The States may be on the line of their label or on the next one. Return None if a side is missing.
    """
    separator, none = (str(locale.word("vote", word)) for word in ("separator", "none"))
    sides: list[tuple[str, ...]] = []
    used = 0
    for label in labels(locale):
        short = label.rstrip(COLON)
        if used >= len(lines) or not lines[used].startswith(short):
            return None
        states = "" if lines[used] == label else lines[used].removeprefix(short).lstrip(COLON)
        used += 1
        if not states and used < len(lines):
            states = lines[used]
            used += 1
        sides.append(tuple(states.split(separator)) if states != none else ())
    return Vote(*sides), used


def labels(locale: Locale) -> list[str]:
    """Return the labels of the three sides, as printed."""
    return [label for label, _ in wording.vote_lines(Vote(()), locale)]
