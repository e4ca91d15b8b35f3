"""All errors of an organization's locale, each with its line and what to write instead."""

from __future__ import annotations

import tomllib

import pytest

from masthead.document import TemplateError, locale_check

BUNDLED = (
    {
        "masthead": {
            "distribution": "Distr.: {category}",
            "original": "Original: {language}",
            "categories": ["General"],
        },
        "dates": {
            "months": [f"m{month}" for month in range(12)],
            "form": "{day} {month} {year}",
            "forms": {"short": "{day}.{month}."},
        },
        "organs": {"council": "Council"},
        "agents": {"council": {"name": "The Council", "verb": ""}},
        "languages": {"en": "English"},
        "types": {"report": "Report"},
        "verbs": {"notes": "noting"},
        "marks": {"letters": ["(a)"], "romans": "({roman})", "paragraph": "{number}."},
        "tables": {"title": "Table {number}"},
        "annex": {"mark": "Annex {numeral}"},
        "typography": {"spacing": 0.5, "lines": 12, "even": True},
        "new": {"ends": ["a", "b", "{name}"], "opening": "Of {organ},"},
    },
    {
        "masthead": {"translated": "Translated from {language}", "original": ["{language}", "{place}"]},
        "new": {"closing": "By {author}."},
        "typography": {"spacing": "wide"},
    },
)
FILLED = {"masthead", "dates", "marks", "tables", "annex", "new"}


def said(text: str) -> list[str]:
    """The errors of a locale: line, message, and hint."""
    try:
        locale_check.check(tomllib.loads(text), BUNDLED, text, "en.toml", FILLED)
    except TemplateError as error:
        found = [error, *error.others]
        assert {each.where.partition(":")[0] for each in found} == {"en.toml"}
        return [
            f"{each.where.partition(':')[2]}: {each.message}" + f" ({each.hint})" * bool(each.hint) for each in found
        ]
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("[masthead]\ndistribution = '{category}: D'\ncategories = ['A', 'B', 'C']", []),
        ("masthead = 5", ["1: masthead must be a table (write [masthead])"]),
        ("[mastheads]\nx = ''", ["1: unknown table mastheads (did you mean masthead?)"]),
        ("\n[masthead]\noriginel = ''", ["3: unknown key masthead.originel (did you mean original?)"]),
        # a key of one bundled locale is known to all; what is nowhere is offered in the order of the files
        ("[masthead]\ntranslated = ''", []),
        (
            "[masthead]\nx = ''",
            ["2: unknown key masthead.x (available keys: distribution, original, categories, translated)"],
        ),
        ("[citing]\nsession = '{n}th'", []),
        # keys of some tables are names, whose values are of any kind of text
        *((f"[{table}]\nsea = ''", []) for table in ("organs", "agents", "languages", "types", "verbs")),
        ("[masthead_organs]\nsea = ''", ["1: unknown table masthead_organs (did you mean masthead?)"]),
        ("[organs]\nsea = 5", ["2: organs.sea must be a text"]),
        ("[organs]\ncouncil = ['Council']", ["2: organs.council must be a text"]),
        # kinds of values
        ("[masthead]\ndistribution = ['x']", ["2: masthead.distribution must be a text"]),
        ("[masthead]\ncategories = 'x'", ["2: masthead.categories must be a list of texts"]),
        ("[masthead]\ncategories = ['x', 5]", ["2: masthead.categories must be a list of texts"]),
        ("[masthead]\noriginal = 'x'\n", []),
        ("[masthead]\noriginal = ['x']\n", []),
        ("[agents.council]\nname = 'C'", []),
        ("[agents]\ncouncil = 'C'", ["2: agents.council must be a table"]),
        ("[typography]\nspacing = 1.5\nlines = 3\neven = false", []),
        ("[typography]\nspacing = 'x'", []),
        ("[typography]\nspacing = 1", ["2: typography.spacing must be a number"]),
        ("[typography]\nlines = 'x'", ["2: typography.lines must be a number"]),
        ("[typography]\neven = 1", ["2: typography.even must be another value"]),
        # lengths of lists
        ("[dates]\nmonths = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']", []),
        ("[dates]\nmonths = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']",
         ["2: dates.months must have 12 entries"]),
        ("[new]\nends = ['a', 'b']", ["2: new.ends must have 3 entries"]),
        ("[new]\nends = ['a', 'b', 'c', 'd']", ["2: new.ends must have 3 entries"]),
        # fields of forms
        ("[masthead]\ndistribution = '{language}'",
         ["2: unknown field {language} in masthead.distribution (available fields: {category})"]),
        ("[masthead]\noriginal = '{place} {language}'", []),
        ("[masthead]\ncategories = ['{x}']", ["2: unknown field {x} in masthead.categories (it has no fields)"]),
        ("[dates]\nform = '{year} {hour} {minute}'", [
            "2: unknown field {hour} in dates.form (available fields: {day}, {month}, {year})",
            "2: unknown field {minute} in dates.form (available fields: {day}, {month}, {year})"]),
        ("[dates]\nform = '{day'", [
            "2: the braces of dates.form do not match: expected '}' before end of string "
            "(available fields: {day}, {month}, {year})"]),
        ("[dates]\nform = '{{day}} {}'", ["2: unknown field {} in dates.form "
                                           "(available fields: {day}, {month}, {year})"]),
        ("[dates.forms]\nshort = '{day}'\nlong = '{year}'", [
            "1: unknown field {year} in dates.forms (available fields: {day}, {month})"]),
        ("[organs]\nsea = '{anything'", []),
        # any mark may be in a form that counts: the own ones, too
        ("[marks]\nparagraph = '{letter}{roman}{number}{numeral}{paragraph}'", []),
        ("[tables]\ntitle = '{letter}'", []),
        ("[annex]\nmark = '{roman} {x}'", ["2: unknown field {x} in annex.mark (available fields: {letter}, {number}, "
                                           "{numeral}, {paragraph}, {roman})"]),
        ("[dates]\nform = '{letter}'", [
            "2: unknown field {letter} in dates.form (available fields: {day}, {month}, {year})"]),
        # texts of a new document share their fields
        ("[new]\nopening = '{author} {organ} {name}'", []),
        ("[new]\nopening = '{x}'", [
            "2: unknown field {x} in new.opening (available fields: {author}, {name}, {organ})"]),
        # all errors, in the order of the file
        ("[zebra]\nx = 1\n[masthead]\nx = 1\noriginal = 5\n[dates]\nform = '{x}'", [
            "1: unknown table zebra (available keys: masthead, dates, organs, agents, languages, types, verbs, marks, "
            "tables, annex, typography, new, citing)",
            "4: unknown key masthead.x (available keys: distribution, original, categories, translated)",
            "5: masthead.original must be a text",
            "7: unknown field {x} in dates.form (available fields: {day}, {month}, {year})"]),
    ],
)  # fmt: skip
def test_a_locale_has_these_errors(text: str, expected: list[str]) -> None:
    assert said(text) == expected
