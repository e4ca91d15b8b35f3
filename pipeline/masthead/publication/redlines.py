"""A redline in each form: Word with tracked changes, pages, a web page, Markdown, JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

from masthead import formats, redline
from masthead.document import Document, OrderError, SourceError, locales, patterns
from masthead.formats import Changes, Revisor
from masthead.publication.edition import DEFAULTS, Edition, Options, Source, SourceFile
from masthead.publication.line import publish, read, read_any
from masthead.redline import Redline

FORMS = (".docx", ".pdf", ".html", ".md", ".json")
"""The suffixes of files that show changes."""
_AUTHOR = "Masthead"


def compare_texts(old: Source, new: Source) -> Redline:
    """Return what changed between two documents. Raises SourceError, or OrderError if their languages differ.

    Of a PDF that Masthead made, the attached source is read, or else the text of its structure.
    """
    return redline.redline(_read(old), _read(new))


def _read(source: Source) -> Document:
    try:
        return read_any(source)
    except SourceError:
        if isinstance(source, Document | SourceFile) or Path(source).suffix.lower() != ".pdf":
            raise
        from masthead.editing.concordance import read_version  # for PDFs without a source alone

        return read_version(Path(source)).document


def tracked(source: Source) -> Redline:
    """Return what the tracked changes of a Word file change: the old text is without them. Raises SourceError."""
    return redline.redline(read_resolved(source, Changes.REJECT), read_resolved(source, Changes.ACCEPT))


def read_resolved(source: Source, changes: Changes) -> Document:
    """Return the document in a Word file whose tracked changes are accepted or rejected; of others what they say.

    Raises SourceError, and ResourceError if the file is too large.
    """
    if isinstance(source, Document):
        return source
    file = source if isinstance(source, SourceFile) else SourceFile.load(source)
    if not file.name.lower().endswith(".docx"):
        raise SourceError(
            "only Word files have tracked changes", where=file.name, hint="name two versions, or leave out --changes"
        )
    return read(SourceFile(file.name, formats.resolve_changes(file.data, changes, file.name)))


def publish_redline(found: Redline, options: Options = DEFAULTS) -> Edition:
    """Return an edition that shows a redline. Raises what `publish` raises."""
    return publish(redline.merge(found), options)


def render_redline(found: Redline, suffix: str, *, author: str = "", day: datetime | None = None) -> bytes:
    """Return the contents of a file with this suffix that shows a redline.

    `author` and `day` are those of the tracked changes in a Word file; by default Masthead, and the date of issue of
    the new document, if it has one. Raises OrderError for another suffix, and what the writers raise.
    """
    match suffix.lower():
        case ".docx":
            return formats.write_tracked(found, Revisor(author or _AUTHOR, day or _issued(found.new)))
        case ".pdf":
            return publish_redline(found).pdf.data
        case ".json":
            return json.dumps(redline.to_dict(redline.changes(found)), ensure_ascii=False, indent=2).encode() + b"\n"
        case ".md" | ".html":
            return formats.render(redline.merge(found), suffix)
    raise OrderError(f"unknown form: {suffix or 'none'}", hint=f"a redline is written to {', '.join(FORMS)}")


def _issued(document: Document) -> datetime:
    """Return the date of issue, so that the same documents give the same file."""
    locale = locales.load(document.language)
    places = (locale, locales.distribution_locale(locale))
    issued = next(filter(None, (patterns.find_date(document.masthead.date, each) for each in places)), None)
    return datetime.combine(issued or date(2000, 1, 1), time(), UTC)
