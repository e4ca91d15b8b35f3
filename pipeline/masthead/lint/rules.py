"""All the rules, by area."""

from masthead.lint import characters, citing, structure, words
from masthead.lint.evidence import Rule

RULES: tuple[Rule, ...] = (*structure.RULES, *citing.RULES, *words.RULES, *characters.RULES)

__all__ = ["RULES", "Rule"]
