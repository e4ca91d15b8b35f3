"""Write citations in the words of a language."""

from __future__ import annotations

from datetime import date

from masthead.document.locales import Locale
from masthead.document.references.citation import Citation, Kind
from masthead.document.references.ordinals import LAST, spelled
from masthead.document.terms import Digits, Language

_SERIES = {"RES": "resolution", "DEC": "decision"}


def write_citation(citation: Citation, locale: Locale, digits: Digits) -> str:
    """Return a citation as texts of the locale write it: `hundred and sixth session`, `الفقرة ٧ (أ)`."""
    words = locale.words["citing"]
    value = citation.value
    match citation.kind:
        case Kind.DOCUMENT:
            return _document(value, words, digits)
        case Kind.DATE:
            return _date(value, locale, digits)
        case Kind.SESSION if int(value) <= LAST:
            return str(words["session"]).format(ordinal=spelled(locale.language)[int(value)][0], n=digits.shape(value))
        case Kind.SESSION:
            return str(words["year_session"]).format(n=digits.shape(value))
        case Kind.MEETING:
            shaped = digits.shape(value)
            rank = str(_rank(words["rank"], int(value))).format(n=shaped)
            return str(words["meeting"]).format(n=shaped, rank=rank)
        case Kind.TREATY:
            volume, number = value.split("/")
            return str(words["treaty"]).format(v=digits.shape(volume), n=digits.shape(number))
        case Kind.TARGET:
            goal, target = value.split(".")
            return str(words["target"]).format(goal=digits.shape(goal), target=digits.shape(target))
        case Kind.ANNEX:
            single = str(locale.word("annex", "single"))
            return locale.counted("annex", "counted", int(value), digits) if value else single
        case Kind.TABLE | Kind.FIGURE:
            section, _, number = value.rpartition(".")
            return locale.counted("tables", citation.kind, int(number), digits, section)
        case Kind.SECTION:
            return locale.counted("citing", "section", int(value), digits)
        case _:
            return _place(citation, locale, digits)


def number_of(citation: Citation, locale: Locale, digits: Digits) -> str:
    """Return the number of a part of a document as `write_citation` writes it, without its name: `12 (a)`, `II`."""
    if not citation.value:
        return ""
    match citation.kind:
        case Kind.ANNEX:
            form = str(locale.word("annex", "counted"))
        case Kind.TABLE | Kind.FIGURE:
            form = str(locale.word("tables", citation.kind))
        case _:
            form = str(locale.word("citing", citation.kind.value.replace(" ", "_")))
    text = write_citation(citation, locale, digits)
    return text[len(form.partition("{")[0]) : len(text) - len(form.rpartition("}")[2])]


def _document(symbol: str, words: dict[str, str], digits: Digits) -> str:
    parts = symbol.split("/")
    if len(parts) == 4 and parts[1] in _SERIES and parts[0] in ("A", "E"):
        number = digits.shape(f"{parts[2]}/{parts[3]}")
        return str(words[_SERIES[parts[1]]]).format(n=number)
    return symbol


def _date(value: str, locale: Locale, digits: Digits) -> str:
    """Return a date, or the part of it that is known, as the locale writes it."""
    form = str(locale.words["dates"]["text"])
    if value.startswith("--"):
        whole = locale.written(date.fromisoformat(f"2000{value[1:]}"), digits)
        if locale.language is Language.CHINESE:
            return whole.partition("年")[2]
        return whole[: whole.index(digits.shape("2000"))].removesuffix(" ").removesuffix(" de")
    if len(value) > len("2017-07"):
        return locale.written(date.fromisoformat(value), digits)
    year, month = value.split("-")
    if locale.language is Language.CHINESE:
        return f"{year}年{int(month)}月"
    month = str(locale.words["dates"]["months"][int(month) - 1])
    return form[form.index("{month}") :].format(month=month, year=digits.shape(year))


def _rank(forms: list[str], number: int) -> str:
    """Return the form of an ordinal in figures: one for 1 and one for all others, or one for each last digit."""
    if len(forms) == 2:
        return forms[number == 1]
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return forms[last] if last < len(forms) else forms[0]


def _place(citation: Citation, locale: Locale, digits: Digits) -> str:
    words = locale.words["citing"]
    number, _, letter = citation.value.rstrip(")").partition("(")
    mark = ""
    if letter:
        mark = str(words["letter"]).format(letter=locale.words["marks"]["letters"][int(letter) - 1])
    return str(words[citation.kind.value.replace(" ", "_")]).format(n=digits.shape(number) + mark)
