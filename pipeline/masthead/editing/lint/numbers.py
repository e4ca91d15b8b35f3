"""Rules about numbers: their order and their marks, what can be read in two ways, and the dash between two years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from masthead.document import Digits, Direction, Finding, Language, Rules, Severity, model, numbers
from masthead.editing.lint.manuscript import Manuscript, UnitSpan

RULES = Rules[Manuscript]()

_YEARS = re.compile(r"(?<![\w/.-])(?:19|20)\d\d(?P<dash>[-\u2011–])(?:19|20)\d\d(?![\w/-])")
_BEFORE_NAME = re.compile(rf" (?P<name>[A-Z][{numbers.LATIN}]{{2,}})")
_SECTION = re.compile(r"\d+(?:\.\d+){2,}")


@RULES.rule("number-order", Severity.NOTE, wrong="000 210 دولار", right="210 000 دولار")
def order(manuscript: Manuscript) -> Iterator[Finding]:
    """Groups of digits, and the sign of a percentage, are typed in the order in which they are read.

    Arabic is often typed so that a word processor shows groups in the right order: `000 210`. Where only one order is a
    number, that number is printed, and this note gives both forms.
    """
    for span, unit in _numbers(manuscript):
        if numbers.is_turned(span.text, unit.printed):
            yield span.finding(
                f"{span.text} is typed in another order than it is printed: {unit.printed}", fix=unit.printed
            )


@RULES.rule("number-ambiguous", Severity.WARNING, wrong="1,250", right="1 250")
def ambiguous(manuscript: Manuscript) -> Iterator[Finding]:
    """A number can be read in one way only.

    A comma before three digits can be a decimal mark or separate thousands. Two groups of three digits can have been
    typed in either order. Such a number is printed as it is typed.
    """
    for span, unit in _numbers(manuscript):
        if unit.kind is numbers.NumberKind.NUMBER and numbers.is_ambiguous(span.text):
            yield span.finding(f"{span.text} can be read in two ways", _two_ways(span.text, manuscript.document.digits))


def _two_ways(typed: str, digits: Digits) -> str:
    """How to write a number of which two readings are possible."""
    whole, *rest = re.split(r"\D+", digits.shape(typed))
    if len(rest) == 1 and "," in typed:
        decimals = rest[0].rstrip("0٠") or rest[0]
        return f"write {whole}{rest[0]} if it is a whole number, {whole}.{decimals} if it is a decimal one"
    return f"write it without spaces: {whole}{''.join(rest)} or {''.join(reversed(rest))}{whole}"


@RULES.rule("number-section", Severity.NOTE, wrong="الفرع 5.1.2", right="الفرع 5-1-2")
def section(manuscript: Manuscript) -> Iterator[Finding]:
    """The parts of a section number are separated by hyphens in Arabic, where a point looks like a zero."""
    for span, _ in _numbers(manuscript):
        if _SECTION.fullmatch(typed := Digits.WESTERN.shape(span.text)):
            fix = manuscript.document.digits.shape(typed.replace(".", "-"))
            yield span.finding(f"the number of a section has points: {span.text}", fix=fix)


@RULES.rule("number-decimal", Severity.WARNING, wrong="12,4 million", right="12.4 million")
def decimal(manuscript: Manuscript) -> Iterator[Finding]:
    """A number before "million", "per cent" and the like has the decimal mark of the language."""
    words = manuscript.locale.word("numbers", "after")
    right = str(manuscript.locale.word("numbers", "decimal"))
    if manuscript.document.language.direction is Direction.RTL or not words:
        return
    counted = "|".join(map(re.escape, words))
    mark = "," if right == "." else r"\."
    pattern = rf"(?<![\w.,/-])\d{{1,3}}{mark}\d{{1,2}}(?= ?(?:{counted})(?!\w))"
    grouped = r"\.\d{3}(?:\.\d{3})*+,\d" if right == "." else r",\d{3}(?:,\d{3})*+\.\d"
    for span, found in manuscript.matches(re.compile(rf"(?<![\w.,/-])\d{{1,3}}{grouped}+(?![\w,/-])")):
        signs = str.maketrans(".,", ",." if right == "." else ",\u00a0")
        yield span.finding(
            f"the marks of {found[0]} are those of another language", f"did you mean {found[0].translate(signs)}?"
        )
    for span, found in manuscript.matches(re.compile(pattern)):
        wrong = found[0].translate(str.maketrans("", "", "0123456789"))
        yield span.finding(f"the decimal mark of {found[0]} is not “{right}”", fix=found[0].replace(wrong, right))


@RULES.rule("percent-form", Severity.NOTE, wrong="50 % of gardens, 50 percent", right="50 per cent of gardens")
def percent(manuscript: Manuscript) -> Iterator[Finding]:
    """The sign of a percentage follows its number without a space in English and Chinese, with one in French and
    Spanish. English writes "per cent" as two words; the sign is for tables.
    """
    language = manuscript.document.language
    if language in (Language.ENGLISH, Language.CHINESE):
        hint = "write “per cent” in running text, and no space in a table" if language is Language.ENGLISH else ""
        for span, _ in manuscript.matches(re.compile(r"(?<=\d) (?=%)")):
            yield span.finding("a space before %", hint, None if hint else "")
    elif language in (Language.FRENCH, Language.SPANISH):
        for span, _ in manuscript.matches(re.compile(r"(?<=\d)%")):
            yield span.finding("no space before %", fix=" %")
    if language is Language.ENGLISH:
        for span, _ in manuscript.matches(re.compile(r"(?<=\d )percent(?!\w)")):
            yield span.finding("“percent” is not spelled so in documents of the United Nations", fix="per cent")


@RULES.rule("year-range", Severity.NOTE, wrong="2041–2042 … 2043-2044", right="2041–2042 … 2043–2044")
def year_range(manuscript: Manuscript) -> Iterator[Finding]:
    """Between two years there is the same dash throughout a document."""
    matches = manuscript.matches(_YEARS)
    found = [(span, span.unit.text[years.start("dash")].replace("\u2011", "-")) for span, years in matches]
    dashes = Counter(dash for _, dash in found)
    for span, dash in found if len(dashes) > 1 else ():
        usual = dashes.most_common(1)[0][0]
        if dash != usual:
            yield span.finding(f"{span.text} has another dash than other years here", f"write {usual} between years")


@RULES.rule("number-list", Severity.NOTE, wrong="الفقرات ٥،٦", right="الفقرات ٥، ٦")
def listed(manuscript: Manuscript) -> Iterator[Finding]:
    """A space follows the comma between two numbers: without it they run from left to right as one."""
    if manuscript.document.language.direction is Direction.RTL:
        for span, found in manuscript.matches(re.compile(r"(?<=\d)،(?=\d)")):
            yield span.finding("there is no space between two numbers of a list", fix=f"{found[0]} ")


@RULES.rule("number-latin", Severity.WARNING, wrong="العنوان 14 Harbour Road", right="العنوان 14&nbsp;Harbour Road")
def beside_name(manuscript: Manuscript) -> Iterator[Finding]:
    """A number that is typed in Western digits before Latin words belongs to them: an address, a title.

    Among Arabic words such a number is read as part of the Arabic text, and printed with its digits to the right of the
    Latin words. A no-break space between them makes it one of the Latin words.
    """
    for span, unit in _numbers(manuscript):
        following = _BEFORE_NAME.match(span.unit.text, span.end)
        if following and span.text.isascii() and unit.printed != span.text:
            message = f"{span.text} is printed apart from “{following['name']}”, as {unit.printed}"
            hint = "if they belong together, write &nbsp; between them; otherwise type the number in Arabic digits"
            yield span.finding(message, hint)


@RULES.rule("number-exponent", Severity.NOTE, wrong="١٠^٦^", right="مليون")
def exponent(manuscript: Manuscript) -> Iterator[Finding]:
    """A number in Arabic-Indic digits has no exponent: Unicode has superscript digits of Western numbers only.

    The exponent is printed as such a sign, so the two digits of one number differ.
    """
    if manuscript.document.digits is not Digits.ARABIC_INDIC:
        return
    for unit in manuscript.units:
        at, before = 0, ""
        for inline in model.inlines(unit.content):
            text = model.characters(inline)
            if isinstance(inline, model.Raised) and before[-1:].isdecimal() and text.strip("-−+").isdecimal():
                hint = "write the number in words or in full, or set digits: latn"
                span = manuscript.span(unit, at, at + len(text))
                yield span.finding(f"the exponent {text} is printed in Western digits", hint)
            at, before = at + len(text), text or before


def _numbers(manuscript: Manuscript) -> Iterator[tuple[UnitSpan, numbers.Number]]:
    """The numbers of a right-to-left document, each with its span, without those of the Latin script."""
    for unit, number in manuscript.numbers:
        if not number.is_machine:
            yield manuscript.span(unit, number.start, number.end), number
