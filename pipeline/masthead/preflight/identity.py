"""Rules about what a document says it is: symbol, masthead, job number, codes, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from masthead.document import Severity, Symbol
from masthead.pdf import Evidence, Page, direction, places, printed, vocabulary
from masthead.preflight.rules import Fault, Rule

SITES = frozenset(("undocs.org", "www.undocs.org", "docs.un.org"))


def symbol(evidence: Evidence) -> Iterator[Fault]:
    """The masthead bears a well-formed symbol, and every later page bears the same one in its head.

    A page that is parted from its document is known by its symbol alone (UN Editorial Manual: document symbols).
    """
    found = evidence.facts.symbol
    try:
        Symbol.parse(found.partition(" (")[0])
    except ValueError:
        what = f"the masthead's symbol is not well-formed: {found}" if found else "the masthead bears no symbol"
        yield Fault(what, page=1, where="masthead", hint="check the document's symbol")
        return
    if evidence.document and str(evidence.document.symbol) != found:
        yield Fault(f"the masthead says {found}, the document is {evidence.document.symbol}", page=1, where="masthead")
    for page in evidence.pages[1:]:
        heads = [head for head in evidence.facts.running_heads if head.page == page.number]
        named = [(name, head.box) for head in heads for name in printed.symbols(head.text)]
        if printed.spaced(found.rstrip("*")) not in dict(named):
            other, box = named[0] if named else ("", None)
            what = f"the running head says {other}, not {found}" if other else f"no running head says {found}"
            hint = "set the running head from the symbol"
            yield Fault(what, page=page.number, where="running head", hint=hint, box=box)


def masthead(evidence: Evidence) -> Iterator[Fault]:
    """The organization, the organ and the Distr. block stand on page one, and on no other page."""
    facts = evidence.facts
    for text, name in (
        (facts.organization, "the organization's name"),
        (facts.organ, "an organ"),
        (facts.distribution, "a distribution"),
    ):
        if not text:
            yield Fault(f"the masthead bears no {name.removeprefix('the ').removeprefix('an ').removeprefix('a ')}",
                        page=1, where="masthead")  # fmt: skip
    for page in evidence.pages[1:]:
        for line in page.lines:
            if line.baseline < 2 * direction.HEAD and (
                (line.text == facts.organ and line.size > 15) or line.text.startswith("Distr.")
            ):
                yield Fault(f"the masthead is repeated: {line.text}", page=page.number, where="masthead", box=line.box)


def recycling(evidence: Evidence) -> Iterator[Fault]:
    """The recycling words stand at the foot of page one in the document's language, and on no other page."""
    if not evidence.facts.recycling:
        yield Fault("the foot of page one has no recycling words in the document's language", page=1, where="foot")
    for page in evidence.pages[1:]:
        for line in page.lines:
            if line.baseline > page.height - places.IMPRINT and places.recycles(line):
                yield Fault("recycling words are for page one", page=page.number, where="foot", box=line.box)


def job(evidence: Evidence) -> Iterator[Fault]:
    """Page one bears a job number with the letter of the document's language, in words and, the same, in the barcode.

    Later pages bear the number without letter in their foot; the full line stands on page one only.
    """
    facts = evidence.facts
    if not facts.job_number:
        yield Fault("page one has no job number with its language letter", page=1, where="foot")
        return
    digits = "".join(character for character in facts.job_number if character.isdigit())
    if facts.barcode != digits:
        what = f"the barcode reads {facts.barcode}" if facts.barcode else "the barcode cannot be read back"
        yield Fault(f"{what}, the job number is {facts.job_number}", page=1, where="foot")
    letters = {str(words.language): words.language.letter for words in vocabulary.vocabularies()}
    if facts.language in letters and letters[facts.language] != facts.job_letter:
        yield Fault(f"the job number has the letter {facts.job_letter}, the document is in {facts.language}", page=1)
    for page in evidence.pages[1:]:
        yield from _running_job(evidence, page)


def _running_job(evidence: Evidence, page: Page) -> Iterator[Fault]:
    number = evidence.facts.job_number
    here = [head for head in evidence.facts.running_jobs if head.page == page.number]
    if not here:
        yield Fault("the foot has no job number", page=page.number, where="foot")
    elif [head.text for head in here] != [number]:
        yield Fault(f"the foot says {here[0].text}, not {number}", page=page.number, where="foot", box=here[0].box)
    for line in page.lines:
        if line.baseline > page.height - 65 and printed.JOB_LINE.search(line.text):
            yield Fault("the full job line is for page one", page=page.number, where="foot", box=line.box)


def qr_code(evidence: Evidence) -> Iterator[Fault]:
    """The QR code of page one, read back from its picture, holds a documents address that ends in the symbol."""
    facts = evidence.facts
    if not facts.qr_code:
        yield Fault("page one has no QR code that can be read back", page=1, where="foot")
        return
    address = urlsplit(facts.qr_code)
    if address.hostname not in SITES:
        yield Fault(f"the QR code leads to {address.hostname or facts.qr_code}, not to the documents' site", page=1)
    elif not unquote(address.path).endswith(f"/{facts.symbol.rstrip('*').replace(' ', '')}"):
        yield Fault(f"the QR code leads to {facts.qr_code}, the symbol is {facts.symbol}", page=1, where="foot")


def dates(evidence: Evidence) -> Iterator[Fault]:
    """The masthead bears a date that can be: not before the adoption, within a year of the job number's.

    The masthead of a resolution has the date of issue, which follows adoption; a job number begins with its year; the
    dates behind it are days of the calendar (DDMMYY).
    """
    facts = evidence.facts
    if not facts.date_day:
        yield Fault("the masthead bears no date", page=1, where="masthead")
        return
    issued = date.fromisoformat(facts.date_day)
    if facts.adoption_day and issued < date.fromisoformat(facts.adoption_day):
        yield Fault(f"issued on {facts.date}, before the adoption on {facts.adoption_date}", page=1, where="masthead")
    year = facts.job_number.partition("-")[0][-2:]
    if year.isdigit() and (issued.year - int(year) + 1) % 100 > 2:
        yield Fault(f"issued on {facts.date}, but the job number {facts.job_number} is of another year", page=1)
    for text in facts.job_dates:
        try:
            date(2000 + int(text[4:]), int(text[2:4]), int(text[:2]))
        except ValueError:
            yield Fault(f"the job line has a date that is none: {text}", page=1, where="foot")


RULES = (
    Rule("identity.symbol", Severity.ERROR, symbol),
    Rule("identity.masthead", Severity.ERROR, masthead),
    Rule("identity.recycling", Severity.ERROR, recycling),
    Rule("identity.job-number", Severity.ERROR, job),
    Rule("identity.qr-code", Severity.ERROR, qr_code),
    Rule("identity.dates", Severity.ERROR, dates),
)
