"""Mark up a document: from a Document to the HTML of its pages, by Jinja templates.

All computation is done here and ends in plain values; templates only loop and choose. Text of the document enters a
template as text, which is escaped, or, if it has inline markup, as HTML that `bidi` made and escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from masthead.document import (
    TEMPLATES,
    Document,
    DocumentType,
    Finding,
    LineBreaking,
    Locale,
    Organization,
    Paragraph,
    TemplateError,
    garbage,
    locales,
    model,
    organizations,
    patterns,
    plain,
    symbols,
)
from masthead.page import art, wording
from masthead.page.bidi import SOFT_HYPHEN
from masthead.page.digits import as_printed, bookmark, numbers_in_order
from masthead.page.inline import Inliner
from masthead.page.shaping import Shaper
from masthead.page.symbol_font import replaced_signs
from masthead.page.templating import render

# Resolutions and decisions repeat their title in the running head, where it takes at most two lines. A longer title is
# left out, as on A/RES/73/6 (measured).
RUNNING_TITLE_LENGTH = 130
_SHEET = re.compile(r'<link rel="stylesheet" href="(css/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to the PDF. `relationship` is one of PDF/A-3 (ISO 19005-3, 6.8): Source, Data, …"""

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: str = "Source"


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML of a document, the folder that its relative URLs start from, and the files to attach to the PDF.

    `pages` is the number of pages the text must fill, None for any number. `findings` say what it prints differently.
    Lines that are `even` have spaces of about the same width. `ink` is the only ink besides black of a press copy.
    """

    text: str
    base: Path
    attachments: tuple[Attachment, ...] = ()
    pages: int | None = None
    findings: tuple[Finding, ...] = ()
    even: bool = False
    ink: str = ""

    def tightened(self) -> Html:
        """Return the HTML with less space between the parts of its first page."""
        return replace(self, text=self.text.replace("<body ", '<body class="tight" ', 1))


@garbage.gc_deferred()
def mark_up(
    document: Document,
    *,
    attachments: tuple[Attachment, ...] = (),
    emblem: art.Emblem | None = None,
    templates: Path | None = None,
    share: float = 1.0,
) -> Html:
    """Return the HTML of `document`. Raises TemplateError if a template fails or a locale lacks a word.

    `emblem` replaces that of the organization. `templates` is a folder with the structure of the bundled one, in place
    of the organization's files. `share` is the part of the page's width that the text has: half in parallel editions.
    """
    findings = replaced_signs(document)
    if emblem is None and templates is None:
        findings += art.emblem_findings()
    document = as_printed(document)
    locale = locales.load(document.language, templates)
    inliner = Inliner(document, locale)
    text = render(
        wording.template_name(document),
        *template_folders(templates),
        page=page_values(document, locale, inliner, templates, share),
        art={
            "emblem": art.emblem(emblem, templates),
            "barcode": art.barcode(document.job),
            "recycling_mark": art.recycling_mark(templates),
            "qr_code": art.qr_code(document.symbol),
        },
    )
    if templates is None:
        _check_sheets(text)
    has_endnotes = document.note_place is model.NotePlace.END  # where they are, pages end where they are full
    pages = inliner.page_ends + 1 if inliner.page_ends and not has_endnotes else None
    even = document.lines is not LineBreaking.FIRST_FIT and not pages
    return Html(text, templates or TEMPLATES, attachments, pages, findings, even)


def _check_sheets(text: str) -> None:
    """Raise TemplateError if a template of the organization links a style sheet that is not there."""
    organization = organizations.current()
    for sheet in () if organization.is_bundled else _SHEET.findall(text.partition("</head>")[0]):
        if not organization.find(sheet).is_file():
            named = (f"{path}:{line}" for path, line in _places_of(sheet, organization))
            hint = f"add {sheet} to the folder of the organization, or remove the link"
            raise TemplateError(f"no style sheet {sheet}", where=next(named, organization.where), hint=hint)


def _places_of(name: str, organization: Organization) -> Iterator[tuple[Path, int]]:
    """Yield the files and lines of an organization's templates that have a name."""
    for path in organizations.own_files(organization.folder):
        if path.suffix == ".j2":
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if name in line:
                    yield path, number


def template_folders(templates: Path | None = None) -> tuple[Path, ...]:
    """Return the folders of templates: those of the organization, or the given one."""
    return organizations.current().template_folders if templates is None else (templates,)


def page_values(
    document: Document, locale: Locale, inliner: Inliner, templates: Path | None = None, share: float = 1.0
) -> dict[str, Any]:
    """Return the values that templates print. `document` must have its printed digits already."""
    return {
        **_identity(document, locale, templates),
        **_opening(document, locale, inliner),
        **_content(document, locale, inliner, share),
    }


def _identity(document: Document, locale: Locale, templates: Path | None) -> dict[str, Any]:
    """Return the values of the HTML head, the masthead, the imprint and the running heads."""
    preface, number = document.preface, wording.title_number(document, locale)
    own_title = plain(preface.title).replace(SOFT_HYPHEN, "").strip()
    title = own_title or number.rstrip(",") or plain(preface.sponsors) or str(document.symbol)
    running_title = numbers_in_order(own_title, document.language)
    adopted = document.type.like in (DocumentType.RESOLUTION, DocumentType.DECISION)
    abroad = locales.distribution_locale(locale, templates)
    issued = patterns.find_date(document.masthead.date, abroad)
    return {
        "language": str(document.language),
        "direction": str(document.language.direction),
        "families": wording.page_families(document),
        "running_divisions": wording.running_divisions(document),
        "is_redline": model.has_revisions(document),
        "is_sectioned": any(isinstance(block, Paragraph) and block.section for block in document.body),
        "digits": str(document.digits),
        "script": locale.word("type", "sheet"),
        "house_sheets": organizations.current().sheets,
        "title": title,
        "running_title": running_title if adopted and len(own_title) <= RUNNING_TITLE_LENGTH else "",
        "symbol": str(document.symbol),
        "running_symbol": _running_symbol(document),
        "issued": issued.isoformat() if issued else "",
        "organization": locale.word("masthead", "organization"),
        "organ": wording.masthead_organ(document, locale),
        "distribution": wording.distribution_lines(document, locale),
        "distribution_language": str(abroad.language),
        "distribution_direction": str(abroad.language.direction),
        "running_job": wording.running_job(document),
        "job": wording.job_text(document),
        "job_dates": document.job.dates,
        "recycle": locale.word("imprint", "recycle"),
        "folio_separator": locale.word("folio", "separator"),
        "alternatives": wording.alternatives(document, locale),
    }


def _running_symbol(document: Document) -> str:
    """Return the symbol for running heads. Page one says that it is reissued."""
    text = wording.printed_symbol(document).rstrip("*")
    return symbols.ordered(text) if document.symbol.is_right_to_left else text


def _opening(document: Document, locale: Locale, inliner: Inliner) -> dict[str, Any]:
    """Return the values between masthead and body, built in reading order: a note goes where it is called first."""
    preface = document.preface
    called, symbol = wording.symbol_content(document), document.symbol
    number = wording.title_number(document, locale)
    text = plain(called)
    return {
        "series": "" if symbol.is_right_to_left else symbol.series,
        "symbol_rest": inliner.symbol(text) if symbol.is_right_to_left else text[len(symbol.series) :],
        "symbol_call": inliner.whole(called[1:]),
        "lines": tuple(
            (kind, inliner.whole(wording.called_line(line, document)))
            for kind, line in wording.opening_lines(document, locale)
        ),
        "agenda_titles": tuple(map(inliner.whole, model.split_paragraphs(preface.agenda_title))),
        "adoption": inliner.whole(wording.called_line(preface.adoption, document)),
        "basis": inliner.framed(preface.basis, str(locale.word("resolution", "basis"))) if preface.basis else "",
        "sponsors": inliner.whole(preface.sponsors),
        "number": inliner.number(document.digits.shape(str(document.number)), number) if document.number else "",
        "title_html": inliner.whole(preface.title),
        "title_bookmark": bookmark(f"{number} {plain(preface.title)}", document.language),
        "modification": wording.modification(document, locale),
        "subtitle": inliner.whole(preface.subtitle),
        "divisions": tuple((inliner.text(each.label), inliner.whole(each.title)) for each in preface.divisions),
    }


def _content(document: Document, locale: Locale, inliner: Inliner, share: float) -> dict[str, Any]:
    shaper = Shaper(document, locale, inliner, share)
    return {
        "body": shaper.body(),
        "closing": tuple(inliner.text(line) for line in document.closing),
        "annexes": tuple(shaper.annexes()),
        "endnotes": tuple(inliner.endnotes()),
        "endnotes_title": wording.endnotes_title(locale),
        "is_hyphenated": document.lines is LineBreaking.HYPHENATED
        and not inliner.page_ends,  # known after all the text
    }
