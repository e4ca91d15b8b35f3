"""The line as code: read, mark up, typeset, check; and `publish`, which does all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from masthead import formats, page, preflight, typesetting
from masthead.document import Document, GlyphError, OrderError, SourceError, TypesettingError, Variant, garbage, model
from masthead.page import Attachment, Emblem, Html
from masthead.publication.edition import DEFAULTS, Edition, LineStage, Options, Source, SourceFile
from masthead.typesetting import Pdf

# The forms in which a document travels inside its PDF: suffix, media type (RFC 7763; IANA, LegalDocML), name.
_ATTACHED = (("md", "text/markdown", "Markdown"), ("akn.xml", "application/akn+xml", "Akoma Ntoso"))
_LONG = 500_000  # characters of HTML: some hundred pages
_PROFILES = {Variant.PLAIN: "plain"} | {variant: "press" for variant in Variant if variant.for_press}


def read(source: Source) -> Document:
    """Return the document that `source` is. Raises SourceError, or ResourceError if it is too large."""
    if isinstance(source, Document):
        return source
    return formats.parse(source.data, source.name) if isinstance(source, SourceFile) else formats.read(Path(source))


def mark_up(source: Source, *, emblem: Emblem | None = None) -> Html:
    """Return the HTML of a document, to which its source is attached. Raises TemplateError, or what `read` raises."""
    document = read(source)
    return page.mark_up(document, attachments=attachments(document), emblem=emblem)


def typeset(source: Source | Html, document: Document | None = None, variant: Variant = Variant.ARCHIVE) -> Pdf:
    """Return the pages of a document, or of its HTML, as a PDF.

    A press variant is drawn with the document's slug lines, so with HTML it needs the `document` too. Raises
    TypesettingError, or what `mark_up` raises.
    """
    html = source if isinstance(source, Html) else mark_up(document := read(source))
    if not variant.for_press:
        return typesetting.typeset(html, variant=variant)
    if document is None:
        raise OrderError(
            f"variant {variant} requires the document", hint="pass it with its HTML: typeset(html, document, variant)"
        )
    # Imported for the press alone, whose libraries reading copies do not need.
    from masthead.press import STANDARDS, for_paper, make_press_copy

    pages = typesetting.typeset(for_paper(html), variant=Variant.PLAIN)
    return make_press_copy(pages, document, STANDARDS[variant], html.ink)


@garbage.gc_deferred()  # once for all stages
def publish(
    source: Source,
    options: Options = DEFAULTS,
    *,
    read: Callable[[SourceFile | Document], Document] = read,
    typeset: Callable[[Html, Document, Variant], Pdf] = typeset,
    begin: Callable[[LineStage], object] = lambda stage: None,
) -> Edition:
    """Read, mark up, typeset and check one document.

    `read` and `typeset` replace the stages of these names, for callers who keep documents or pages; `begin` is
    called when a stage begins, for callers who take the time. Raises MastheadError if the source, a template or a
    page prevents it; what looks wrong on the pages is in the report.
    """
    begin(LineStage.READ)
    if not isinstance(source, Document | SourceFile):
        source = SourceFile.load(source)
    document = read(source)
    if options.pagination is not None:
        document = replace(document, pagination=options.pagination)
    if options.lines is not None:
        document = replace(document, lines=options.lines)
    begin(LineStage.MARK_UP)
    html = replace(mark_up(document, emblem=options.emblem), ink=options.ink if options.variant.for_press else "")
    begin(LineStage.TYPESET)
    try:
        pdf = typeset(html, document, options.variant)
    except GlyphError as error:
        if isinstance(source, Document):
            raise
        first = formats.locate_glyph(error, source.data, source.name)
        others = [formats.locate_glyph(each, source.data, source.name) for each in _other_glyphs(error, document)]
        raise TypesettingError(first.message, where=first.where, hint=first.hint, others=others) from None
    if len(html.text) > _LONG:
        garbage.return_memory()
    begin(LineStage.CHECK)
    report = preflight.check_made(pdf, document, profile=profile_of(options))
    findings = (*document.findings, *html.findings, *pdf.findings, *report.findings)
    return Edition(document, html, pdf, replace(report, findings=findings))


def profile_of(options: Options) -> str:
    """Return the name of the profile by which an edition is checked."""
    return options.profile or _PROFILES.get(options.variant, "default")


def _other_glyphs(first: GlyphError, document: Document) -> Iterator[GlyphError]:
    """Yield an error for each further character of a document that no font has, in the order of the text."""
    texts = [each.text for each in page.printed_texts(document)]
    left = typesetting.fonts.undrawable(set("".join(texts))) - {first.text[first.at]}
    for text in texts:
        for at, char in enumerate(text):
            if char in left:
                left -= {char}
                message = f"no font has a glyph for {char!r} (U+{ord(char):04X})"
                yield GlyphError(message, where=f"“{text[:60]}”", hint=first.hint, text=text, at=at)


def convert(source: Source, to: str) -> bytes:
    """Return a document in another form, named by the suffix of its files: `.md`, `.html`, `.docx`, `.akn`, `.txt`.

    `source` may be a PDF made by Masthead too. Raises SourceError.
    """
    return formats.render(read_any(source), to)


def read_any(source: Source) -> Document:
    """Do what `read` does; of a PDF made by Masthead, read the source attached to it. Raises SourceError."""
    if isinstance(source, Document | SourceFile) or Path(source).suffix.lower() != ".pdf":
        return read(source)
    from masthead.pdf import attached_document

    document = attached_document(formats.load(Path(source)))
    if document is None:
        hint = "extract the text of other PDFs: pdftotext -layout -enc UTF-8 X.pdf X.txt"
        raise SourceError("the PDF has no source attached", where=str(source), hint=hint)
    return document


def attachments(document: Document) -> tuple[Attachment, ...]:
    """Return the files to attach to the PDF of `document`: its source in two forms, which read to equal documents.

    One that shows two versions of a text has only the first form.
    """
    name = f"{document.symbol.file_name}.{document.language}"
    return tuple(
        Attachment(
            name=f"{name}.{suffix}",
            data=formats.render(document, f".{suffix.rpartition('.')[2]}"),
            media_type=media_type,
            description=f"{document.symbol}, the source of this document in {form}",
        )
        for suffix, media_type, form in _ATTACHED[: 1 if model.has_revisions(document) else None]
    )
