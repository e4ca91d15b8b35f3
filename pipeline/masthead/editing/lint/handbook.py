"""The rules as a page of the documentation: `python -m masthead.editing.lint.handbook > docs/lint.md`."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.editing.lint import adoption, characters, citing, punctuation, remarks, structure, words
from masthead.editing.lint.evidence import Rule

_AREAS = {
    "Told by readers": remarks.RULES,
    "Structure": structure.RULES,
    "Number and dates": adoption.RULES,
    "References": citing.RULES,
    "Words": words.RULES,
    "Punctuation and spaces": punctuation.RULES,
    "Letters and digits": characters.RULES,
}


def markdown() -> str:
    """Every rule with its text and an example, by area."""
    return "\n".join(("# Rules of lint", "", *_INTRODUCTION, *_rules()))


_INTRODUCTION = (
    "Made from the rules themselves by `python -m masthead.editing.lint.handbook`.",
    "",
    "`masthead lint SOURCE…` prints what a source breaks of them as `file:line:column`, where its place is certain;",
    "`--json` and `--sarif FILE` are for programs. An error makes it end with code 1. `--fix` shows as a diff what",
    "would be put right, where the right form is certain; `--fix --write` does it. Nothing else changes a source.",
    "",
    "Severities and exemptions are read from `masthead-lint.toml` in the working directory, or from `--config FILE`:",
    "",
    "```toml",
    "[severity]",
    'note-end = "warning"',
    "",
    "[[exempt]]",
    'rule = "tanwin-place"',
    'reason = "the house has both ways"',
    'sources = "E_RES_2017_*"          # all sources where it is left out',
    "```",
    "",
    "Exemptions are shown with their reasons wherever rules are applied; `--all` applies every rule. What is proven of",
    "the rules is listed in [seeded slips](slips.md).",
    "",
)


def _rules() -> Iterator[str]:
    for area, rules in _AREAS.items():
        yield f"## {area}"
        yield ""
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### `{rule.id}`"
    yield ""
    yield f"*{rule.severity}.* {rule.text}"
    yield ""
    yield f"- wrong: `{rule.wrong}`"
    yield f"- right: `{rule.right}`"
    yield ""


if __name__ == "__main__":
    print(markdown().rstrip())
