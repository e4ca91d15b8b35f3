"""All the rules, by area."""

from masthead.editing.lint import adoption, characters, citing, punctuation, remarks, structure, words
from masthead.editing.lint.evidence import Rule

RULES: tuple[Rule, ...] = (
    *remarks.RULES,
    *structure.RULES,
    *adoption.RULES,
    *citing.RULES,
    *words.RULES,
    *punctuation.RULES,
    *characters.RULES,
)

CITING = frozenset({*(rule.id for rule in citing.RULES), "reference-implausible", "reference-order"})
"""The rules about what a document refers to."""

__all__ = ["CITING", "RULES", "Rule"]
