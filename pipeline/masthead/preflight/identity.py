"""Rules about what identifies a document: symbol, masthead, job number, codes, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from masthead.document import WESTERN, Finding, Rules, Severity, Symbol, organizations, symbols
from masthead.pdf import Evidence, Facts, Page, places, printed, vocabulary
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.LAYOUT)
_SECTION = re.compile(r"/\d+/6 \(Sect\. ?(\d+)\)")  # of the proposed programme budget: A/81/6 (Sect. 10)
_FIRST_CODES = date(2014, 1, 1)  # by then all documents had a barcode and a QR code


@RULES.rule("identity.symbol", Severity.ERROR)
def symbol(evidence: Evidence) -> Iterator[Finding]:
    """The masthead has a valid document symbol, and the running head of every later page repeats it.

    A page separated from its document can only be identified by the symbol (UN Editorial Manual: document symbols).
    """
    found = evidence.facts.symbol
    try:
        Symbol.parse(found)
    except ValueError:
        message = f"{found} is not a valid document symbol" if found else "the masthead has no document symbol"
        yield Finding(message, 1, "masthead", "check the document's symbol")
        return
    if evidence.document and str(evidence.document.symbol) != found:
        message = f"the symbol in the masthead is {found}, but the document's is {evidence.document.symbol}"
        yield Finding(message, 1, "masthead")
    repeats = any(any(printed.symbols(head.text)) for head in evidence.facts.running_heads)
    if not repeats and (section := budget_section(found)):
        yield from _titled_by_section(evidence, section)
        return
    for page in evidence.pages[1:]:
        heads = [head for head in evidence.facts.running_heads if head.page == page.number]
        named = [(name, head.box) for head in heads for name in (*printed.symbols(head.text), head.text)]
        if _plain(found) not in {_plain(name) for name, _ in named}:
            other, box = next(((name, box) for name, box in named if printed.symbol().fullmatch(name)), ("", None))
            message = (
                f"the symbol in the running head is {other}, not {found}" if other else f"no running head has {found}"
            )
            yield Finding(message, page.number, "running head", "set the running head from the symbol", box)


def budget_section(symbol: str) -> str:
    """Return the number of a section of the proposed programme budget, by its symbol; empty for other documents."""
    found = _SECTION.search(symbol)
    return found[1] if found else ""


def _titled_by_section(evidence: Evidence, section: str) -> Iterator[Finding]:
    """The proposed programme budget has the part and the section of a fascicle in its running heads, not the symbol."""
    heads = {page.number: "" for page in evidence.pages[1:]}
    for head in evidence.facts.running_heads:
        heads[head.page] += f" {head.text}"
    for number, text in heads.items():
        if not text:
            yield Finding("the page has no running head", number, "running head")
    if heads and not any(section in re.findall(r"\d+", text.translate(WESTERN)) for text in heads.values()):
        yield Finding(f"no running head names section {section}", where="running head")


def _plain(symbol: str) -> str:
    """A symbol as addresses and later pages have it: without spaces, brackets' direction and the stars of a reissue."""
    return re.sub(r"[\s()]", "", symbol).rstrip("*").casefold()


@RULES.rule("identity.masthead", Severity.ERROR)
def masthead(evidence: Evidence) -> Iterator[Finding]:
    """The organization, the organ and the Distr. block are on page one, and on no other page."""
    facts = evidence.facts
    parts = {"organization's name": facts.organization, "organ": facts.organ, "distribution": facts.distribution}
    if "distribution" not in organizations.current().mandatory:
        del parts["distribution"]
    for name, text in parts.items():
        if not text:
            yield Finding(f"the masthead has no {name}", 1, "masthead")
    for page in evidence.pages[1:]:
        for line in page.lines:
            is_part = (line.text == facts.organ and line.size > 15) or vocabulary.begins_distribution(line.text)
            if is_part and line.baseline < 2 * places.HEAD:
                yield Finding(f"the masthead is repeated: {line.text}", page.number, "masthead", box=line.box)


@RULES.rule("identity.recycling", Severity.ERROR, Need.RECYCLING_TEXT)
def recycling(evidence: Evidence) -> Iterator[Finding]:
    """The recycling words are at the foot of page one in the document's language, and on no other page, unless the
    locales of the organization have none."""
    known = {str(words.language): words for words in vocabulary.vocabularies()}
    if (words := known.get(evidence.facts.language)) and not words.word("imprint", "recycle"):
        return
    if not evidence.facts.recycling:
        yield Finding("the recycling words in the document's language are missing from page one", 1, "foot")
    for page in evidence.pages[1:]:
        for line in page.lines:
            if line.baseline > places.imprint(page) and vocabulary.recycles(line.text):
                yield Finding("the recycling words belong on page one only", page.number, "foot", box=line.box)


@RULES.rule("identity.job-number", Severity.ERROR)
def job(evidence: Evidence) -> Iterator[Finding]:
    """Page one has a job number with the letter of the document's language, and a barcode of the same number.

    Documents from before 2014 may lack the barcode.

    Later pages have the number without the language letter and the asterisk in their foot; in Geneva only those of
    translations have it. The full job line is only on page one.
    """
    facts, organization = evidence.facts, organizations.current()
    if not facts.job_number:
        if "job" not in organization.mandatory and (evidence.document is None or not evidence.document.job.is_known):
            return
        yield Finding("page one has no job number with a language letter", 1, "foot")
        return
    digits = "".join(character for character in facts.job_number if character.isdigit())
    if facts.barcode != digits and (facts.barcode or _has_codes(facts)):
        message = f"the barcode reads {facts.barcode}" if facts.barcode else "the barcode cannot be read"
        yield Finding(f"{message}, but the job number is {facts.job_number}", 1, "foot")
    letters = {str(words.language): words.language.letter for words in vocabulary.vocabularies()}
    if facts.language in letters and not evidence.is_second and letters[facts.language] != facts.job_letter:
        yield Finding(f"the letter of the job number is {facts.job_letter}, but the document is in {facts.language}", 1)
    if not facts.running_jobs and facts.paper == "A4" and evidence.document is None:
        return
    for page in evidence.pages[1:]:
        yield from _running_job(evidence, page)


def _running_job(evidence: Evidence, page: Page) -> Iterator[Finding]:
    number = evidence.facts.job_number.rstrip("*")
    here = [head for head in evidence.facts.running_jobs if head.page == page.number]
    of_geneva = number.startswith("GE.") and not evidence.facts.version_language
    if not here and not of_geneva:
        yield Finding("the foot of the page has no job number", page.number, "foot")
    elif here and [head.text.rstrip("*") for head in here] != [number]:
        yield Finding(f"the job number is {here[0].text}, not {number}", page.number, "foot", box=here[0].box)
    for line in page.lines:
        if line.baseline > places.imprint(page) and number in line.text and printed.job_line().search(line.text):
            yield Finding("the full job line belongs on page one only", page.number, "foot", box=line.box)


@RULES.rule("identity.qr-code", Severity.ERROR)
def qr_code(evidence: Evidence) -> Iterator[Finding]:
    """The QR code of page one, read back from its picture, is an address that ends in the symbol, on the site of the
    organization, such as undocs.org.

    Documents from before 2014 may lack it. Of two symbols either is enough. A part in words, as in
    `A/81/6 (Sect. 10)/Part A`, is not in the address.
    """
    facts = evidence.facts
    if not facts.qr_code:
        if _has_codes(facts):
            yield Finding("page one has no readable QR code", 1, "foot")
        return
    address = urlsplit(facts.qr_code)
    sites = organizations.current().sites
    if address.hostname not in sites:
        yield Finding(f"the QR code leads to {address.hostname or facts.qr_code}, not to {sites[0]}", 1)
    elif facts.symbol and not _plain(unquote(address.path)).endswith(
        tuple(f"/{name}" for name in _names(facts.symbol))
    ):
        yield Finding(f"the QR code leads to {facts.qr_code}, but the symbol is {facts.symbol}", 1, "foot")


def other_publisher(facts: Facts) -> str:
    """Return the host of the QR code if a document seems to be of another organization; empty if not.

    Its page one then lacks the name of this one.
    """
    host = urlsplit(facts.qr_code).hostname or ""
    return "" if facts.organization or host in organizations.current().sites else host


def _has_codes(facts: Facts) -> bool:
    """Whether a document is of a year in which all have a barcode and a QR code."""
    return not facts.date_day or date.fromisoformat(facts.date_day) >= _FIRST_CODES


def _names(symbol: str) -> Iterator[str]:
    """The forms of a symbol at the end of an address."""
    for name in (symbol, *re.split(symbols.JOINT, symbol)):
        yield _plain(name)
        yield _plain(re.sub(r"/Part [A-Z]\*?$", "", name))


@RULES.rule("identity.dates", Severity.ERROR)
def dates(evidence: Evidence) -> Iterator[Finding]:
    """The date in the masthead is possible: not before the adoption, and within a year of the job number's year.

    A resolution is issued after its adoption; a job number begins with its year. The dates in the job line (DDMMYY)
    are days of the calendar.
    """
    facts = evidence.facts
    organization = organizations.current()
    if not facts.date_day:
        if "date" in organization.mandatory:
            yield Finding("the masthead has no date", 1, "masthead")
        return
    issued = date.fromisoformat(facts.date_day)
    if facts.adoption_day and issued < date.fromisoformat(facts.adoption_day):
        message = f"the document was issued on {facts.date}, before its adoption on {facts.adoption_date}"
        yield Finding(message, 1, "masthead")
    year = facts.job_number.partition("-")[0][-2:]
    if organization.is_bundled and year.isdigit() and (issued.year - int(year) + 1) % 100 > 2:
        message = f"the document was issued on {facts.date}, but the job number {facts.job_number} is of another year"
        yield Finding(message, 1)
    for text in facts.job_dates:
        try:
            date(2000 + int(text[4:]), int(text[2:4]), int(text[:2]))
        except ValueError:
            yield Finding(f"invalid date in the job line: {text}", 1, "foot")
