"""What the languages write: dates, formulas, marks and citations, each in its own words and digits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import cases
from masthead.document import Language, Locale, Organ, TemplateError, locales
from masthead.document.references import Citation, Kind, number_of, write_citation

TABLE = Path(__file__).with_name("word_cases.txt")
_LANGUAGES = [Language.known(code) for code in ("ar", "en", "es", "fr", "ru", "zh")]
_COUNTED = {"annex": ("annex", "counted"), "table": ("tables", "table"), "figure": ("tables", "figure"),
            "section": ("citing", "section")}  # fmt: skip


def said(written: str, locale: Locale) -> str:
    """What a locale gives for an input."""
    name, _, rest = written.partition(" ")
    digits = locale.language.digits
    match name:
        case "written":
            return locale.written(date.fromisoformat(rest), digits)
        case "formula" | "masthead_organ":
            return str(getattr(locale, name)(Organ(rest)))
        case "adoption":
            organ, day = rest.split()
            return locale.adoption(Organ(organ), date.fromisoformat(day), digits)
        case "paragraph":
            number, _, section = rest.partition(" in ")
            return locale.paragraph_mark(int(number), digits, section)
        case "item" | "heading":
            number, _, level = rest.partition(" at ")
            return str(getattr(locale, f"{name}_mark")(int(number), int(level), digits))
        case "call" | "note":
            return str(getattr(locale, f"{name}_mark")(int(rest), digits))
        case "call_star" | "note_star":
            return str(getattr(locale, f"{name.removesuffix('_star')}_mark")(int(rest), digits, asterisk=True))
        case "cite" | "number":
            kind = max((kind for kind in Kind if rest.startswith(f"{kind} ")), key=len)
            citation = Citation(kind, rest.removeprefix(f"{kind} "))
            return (write_citation if name == "cite" else number_of)(citation, locale, digits)
        case _:
            number, _, section = rest.partition(" in ")
            return locale.counted(*_COUNTED[name], int(number), digits, section)


def outcome(written: str) -> list[str]:
    """What each language gives."""
    lines = []
    for language in _LANGUAGES:
        try:
            text = said(written, locales.load(language))
        except TemplateError as error:
            text = f"{error.where}: {error.message} ({error.hint})"
        lines.append(cases.shown(f"{language} {text}"))
    return lines


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_the_languages_write_this(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
