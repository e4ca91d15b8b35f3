"""The rules as a page of the documentation: `python -m masthead.preflight.handbook > docs/rules.md`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from masthead.preflight.rulebook import CHECKS
from masthead.preflight.rules import Rule
from masthead.preflight.verdict import PROFILES


def markdown() -> str:
    """Every rule with its text, by area, then what each profile leaves out and why."""
    return "\n".join(("# Rules of preflight", "", *_introduction(), *_rules(), *_profiles()))


def _introduction() -> Iterator[str]:
    yield "Made from the rules themselves by `python -m masthead.preflight.handbook`. An error makes `masthead check`"
    yield "end with code 1; a warning does not. A rule whose tool is missing is not kept, never skipped in silence."
    yield ""


def _rules() -> Iterator[str]:
    for area, rules in groupby(CHECKS, key=lambda rule: rule.id.partition(".")[0]):
        yield f"## {area}"
        yield ""
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### `{rule.id}`"
    yield ""
    yield f"*{rule.severity}.* {rule.text}"
    yield ""


def _profiles() -> Iterator[str]:
    yield "## Profiles"
    yield ""
    for profile in PROFILES.values():
        yield f"### `{profile.name}`"
        yield ""
        yield f"For {profile.purpose}."
        yield ""
        for reason, exemptions in groupby(profile.exemptions, key=lambda exemption: exemption.reason):
            yield f"- without {', '.join(f'`{exemption.rule}`' for exemption in exemptions)}: {reason}"
        yield ""


if __name__ == "__main__":
    print(markdown().rstrip())
