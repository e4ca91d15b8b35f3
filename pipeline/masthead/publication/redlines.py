"""A redline in each form: Word with tracked changes, pages, a web page, Markdown, JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

from masthead import formats, redline
from masthead.document import Document, OrderError, SourceError, locales, model, patterns
from masthead.formats import Changes, Revisor
from masthead.publication.edition import DEFAULTS, Edition, Options, Source, SourceFile
from masthead.publication.line import publish, read, read_any
from masthead.redline import Redline

_FORMS = (".docx", ".pdf", ".html", ".md", ".json")
"""The suffixes of files that show changes."""
_AUTHOR = "Masthead"


def compare_texts(old: Source, new: Source) -> Redline:
    """Return what changed between two documents. Raises SourceError, or OrderError if their languages differ.

    Of a PDF that Masthead made, the attached source is read, or else the text of its structure.
    """
    return redline.redline(_read(old), _read(new))


def _read(source: Source) -> Document:
    """Return one version of a text. Raises SourceError for a source that shows two."""
    if isinstance(source, Document):
        return _single(source, str(source.symbol))
    name = source.name if isinstance(source, SourceFile) else str(source)
    match Path(name).suffix.lower():
        case ".docx":
            file = source if isinstance(source, SourceFile) else SourceFile.load(source)
            if formats.resolve_changes(file.data, Changes.ACCEPT, name) is not file.data:
                hint = f"make it two: masthead convert {name} --changes accept -o NEW.docx, and reject -o OLD.docx"
                raise SourceError("the file has tracked changes, so it shows two versions", where=name, hint=hint)
            return read(file)
        case ".pdf" if not isinstance(source, SourceFile):
            try:
                document = read_any(source)
            except SourceError:
                from masthead.editing.concordance import read_version  # for PDFs without a source alone
                from masthead.pdf import has_revisions

                if has_revisions(formats.load(Path(source))):
                    raise _shows_two(name) from None
                document = read_version(Path(source)).document
            return _single(document, name)
    return _single(read(source), name)


def _single(document: Document, name: str) -> Document:
    if model.has_revisions(document):
        raise _shows_two(name)
    return document


def _shows_two(name: str) -> SourceError:
    hint = "name the two versions; of a Word file with tracked changes, masthead convert --changes makes them"
    return SourceError("this is a redline, which shows two versions", where=name, hint=hint)


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
            "only Word files have tracked changes",
            where=file.name,
            hint="masthead redline compares it with another version; masthead convert reads it without --changes",
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
    check_form(suffix)
    match suffix.lower():
        case ".docx":
            return formats.write_tracked(found, Revisor(author or _AUTHOR, day or _issued(found.new)))
        case ".pdf":
            return publish_redline(found).pdf.data
        case ".json":
            return json.dumps(redline.to_dict(redline.changes(found)), ensure_ascii=False, indent=2).encode() + b"\n"
    return formats.render(redline.merge(found), suffix)  # Markdown and HTML


def check_form(suffix: str, name: str = "") -> None:
    """Raise OrderError if no redline has this suffix."""
    if suffix.lower() not in _FORMS:
        problem = f"unknown form: {suffix}" if suffix else "the output has no suffix, which selects the form"
        hint = f"name a file that ends in {', '.join(_FORMS)}; without -o, the changes are printed"
        raise OrderError(problem, where=name, hint=hint)


def _issued(document: Document) -> datetime:
    """Return the date of issue, so that the same documents give the same file."""
    locale = locales.load(document.language)
    places = (locale, locales.distribution_locale(locale))
    issued = next(filter(None, (patterns.find_date(document.masthead.date, each) for each in places)), None)
    return datetime.combine(issued or date(2000, 1, 1), time(), UTC)
