"""All the rules, by area."""

from masthead.lint import adoption, characters, citing, remarks, structure, words
from masthead.lint.evidence import Rule

RULES: tuple[Rule, ...] = (
    *remarks.RULES,
    *structure.RULES,
    *adoption.RULES,
    *citing.RULES,
    *words.RULES,
    *characters.RULES,
)

__all__ = ["RULES", "Rule"]
