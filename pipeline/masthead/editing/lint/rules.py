"""All the rules of lint, by area."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document import Rule, Rules
from masthead.editing.lint import (
    adoption,
    characters,
    citing,
    identity,
    numbers,
    punctuation,
    readers,
    structure,
    words,
)
from masthead.editing.lint.manuscript import Manuscript

AREAS: Mapping[str, Rules[Manuscript]] = {
    "Checked by readers": readers.RULES,
    "Structure": structure.RULES,
    "Adoption: number and dates": adoption.RULES,
    "Symbol, organ and type": identity.RULES,
    "References": citing.RULES,
    "Words": words.RULES,
    "Punctuation and spaces": punctuation.RULES,
    "Letters and digits": characters.RULES,
    "Numbers in Arabic text": numbers.RULES,
}
RULES: tuple[Rule[Manuscript], ...] = tuple(rule for rules in AREAS.values() for rule in rules)

CITING = frozenset({*(rule.id for rule in citing.RULES), "reference-implausible", "reference-order"})
"""The rules about what a document refers to."""
