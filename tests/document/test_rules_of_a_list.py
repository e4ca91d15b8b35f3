"""Rules that checks are added to: each has its text, its needs and those of its list, and marks what it finds."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document import Finding, Rules, Severity


def test_a_check_is_a_rule_with_its_text_and_all_its_needs() -> None:
    rules = Rules[str]("paper")

    @rules.rule("names.short", Severity.WARNING, "ink", wrong="abc", right="ab")
    def short(subject: str) -> Iterator[Finding]:
        """Names are short.

        Of two letters at most.
        """
        if len(subject) > 2:
            yield Finding(f"{subject} is long", 3)

    @rules.rule("names.any", Severity.ERROR)
    def anything(subject: str) -> Iterator[Finding]:
        yield Finding("anything")

    first, second = rules
    assert (first.id, first.severity, first.needs) == ("names.short", Severity.WARNING, {"paper", "ink"})
    assert first.text == "Names are short.\n\nOf two letters at most."
    assert (first.wrong, first.right) == ("abc", "ab")
    assert (second.text, second.needs) == ("", {"paper"})
    (found,) = first.findings("abc")
    assert (found.message, found.page, found.rule, found.severity) == (
        "abc is long",
        3,
        "names.short",
        Severity.WARNING,
    )
    assert list(first.findings("ab")) == []
    assert [each.message for each in short("abc")] == ["abc is long"]  # which stays a function
