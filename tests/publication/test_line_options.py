"""The line without typesetting: what each option changes, what is attached, found and said of a document."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

import masthead
from masthead import formats
from masthead.document import (
    GlyphError,
    Language,
    LineBreaking,
    OrderError,
    Pagination,
    SourceError,
    TypesettingError,
    Variant,
)
from masthead.document.findings import Finding
from masthead.formats import Changes
from masthead.page import Emblem
from masthead.publication import (
    Edition,
    LineStage,
    Options,
    SourceFile,
    attachments,
    check_form,
    compare_texts,
    convert,
    publish,
    read,
    read_any,
    read_resolved,
    render_redline,
    tracked,
    typeset,
)
from masthead.typesetting import Pdf
from paths import SPECIMENS

ENGLISH, ARABIC = SPECIMENS / "A_RES_104_12.en.md", SPECIMENS / "A_RES_104_12.ar.md"
FOUND = Finding("odd pages", rule="pages")


def blank() -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(612, 792))
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


BLANK = blank()


class Setter:
    """A typesetter that sets nothing, and keeps what it was given."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.given: list[object] = []

    def __call__(self, html, document, variant):
        self.given += [html, document, variant]
        if self.error:
            raise self.error
        return Pdf(BLANK, (FOUND,))


def published(options: Options = Options(), source=ENGLISH) -> tuple[Edition, Setter]:  # noqa: B008
    setter = Setter()
    return publish(source, options, typeset=setter), setter


# --- options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pagination", [None, *Pagination])
@pytest.mark.parametrize("lines", [None, *LineBreaking])
def test_pagination_and_lines_override_those_of_the_document(pagination, lines):
    own = read(ENGLISH)
    edition, setter = published(Options(pagination=pagination, lines=lines))
    html, document, variant = setter.given
    assert document == edition.document == replace(
        own, pagination=own.pagination if pagination is None else pagination,
        lines=own.lines if lines is None else lines
    )  # fmt: skip
    assert variant is Variant.ARCHIVE and html is edition.html


@pytest.mark.parametrize(
    ("variant", "profile", "used", "ink"),
    [
        (Variant.ARCHIVE, "", "default", ""), (Variant.ARCHIVE_4, "", "default", ""), (Variant.PLAIN, "", "plain", ""),
        (Variant.PRESS, "", "press", "black"), (Variant.PRESS_X1A, "", "press", "black"),
        (Variant.PRESS_X6, "", "press", "black"),
        (Variant.ARCHIVE, "plain", "plain", ""), (Variant.PRESS, "foreign", "foreign", "black"),
    ],
)  # fmt: skip
def test_a_variant_has_its_profile_and_only_a_press_copy_has_inks(variant, profile, used, ink):
    edition, setter = published(Options(variant, profile=profile, ink="black"))
    from masthead import preflight

    assert edition.report.profile == preflight.profile(used)
    assert (edition.html.ink, setter.given[2]) == (ink, variant)


def test_an_emblem_of_ones_own_is_on_the_page():
    address = "data:image/svg+xml,%3Csvg%3E%3C/svg%3E"
    assert address in published(Options(emblem=Emblem(address)))[0].html.text
    assert address not in published()[0].html.text


def test_all_that_is_found_is_in_the_report_in_the_order_of_the_stages():
    text = ENGLISH.read_text("utf-8").replace("distribution: General", "distribution: Generel", 1)
    source = SourceFile("in/x.md", text.encode())
    edition, _ = published(source=source)
    messages = [each.message for each in edition.report.findings]
    assert edition.document.findings and messages[: len(edition.document.findings)] == [
        each.message for each in edition.document.findings
    ]
    assert "unknown distribution “Generel”" in messages
    of_pages = messages.index("odd pages")
    assert of_pages == len(edition.document.findings) + len(edition.html.findings)
    assert edition.report.failed and len(messages) > of_pages + 1


def test_what_the_mark_up_finds_is_in_the_report(tmp_path):
    from masthead import publication
    from masthead.document import Organization

    publication.new_organization(tmp_path / "house", "Harbour Board", ["en"])
    (tmp_path / "house" / "emblem.svg").unlink()
    with Organization.load(tmp_path / "house").used():
        edition, _ = published(source=tmp_path / "house" / "documents" / "report.en.md")
    assert [each.message for each in edition.html.findings] == ["pages print the bundled emblem"]
    assert edition.html.findings[0] in edition.report.findings


def test_stages_begin_in_their_order_and_may_be_replaced():
    begun, document = [], read(ENGLISH)
    edition = publish(
        ENGLISH, read=lambda source: replace(document, closing=("End",)), typeset=Setter(), begin=begun.append
    )
    assert begun == list(LineStage) and edition.document.closing == ("End",)
    given = []
    publish(document, read=lambda source: given.append(source) or document, typeset=Setter())
    publish(ENGLISH, read=lambda source: given.append(source) or document, typeset=Setter())
    assert given == [document, SourceFile(str(ENGLISH), ENGLISH.read_bytes())]


def test_an_edition_is_named_by_its_symbol_and_language():
    assert published()[0].name == "A_RES_104_12.en" and published(source=ARABIC)[0].name == "A_RES_104_12.ar"


def test_a_press_copy_needs_its_document():
    html = masthead.mark_up(ENGLISH)
    with pytest.raises(OrderError) as caught:
        typeset(html, variant=Variant.PRESS)
    assert caught.value.message == "variant press requires the document"
    assert caught.value.hint == "pass it with its HTML: typeset(html, document, variant)"


# --- letters that no font has -----------------------------------------------------------------------------------------


def glyph(text: str, at: int) -> GlyphError:
    return GlyphError(f"no font has {text[at]!r}", where="“page”", hint="write it otherwise", text=text, at=at)


def test_each_letter_that_no_font_has_is_named_with_its_place():
    text = (
        ENGLISH.read_text("utf-8")
        .replace("feeds bees", "feeds \U00013000 bees \U00013001", 1)
        .replace("cools", "\U00013001 cools", 1)
    )
    source = SourceFile("in/x.md", text.encode())
    error = glyph("feeds \U00013000 bees", 6)
    with pytest.raises(TypesettingError) as caught:
        publish(source, typeset=Setter(error))
    lines = text.splitlines()
    (number,) = (place for place, line in enumerate(lines, 1) if "\U00013000" in line)
    line = lines[number - 1]
    first, other = caught.value.each
    assert (first.message, first.where, first.hint) == (
        error.message, f"in/x.md:{number}:{line.index(chr(0x13000)) + 1}", "write it otherwise",
    )  # fmt: skip
    assert other.message == "no font has a glyph for '\U00013001' (U+13001)" and other.hint == "write it otherwise"
    assert other.where == f"in/x.md:{number}:{line.index(chr(0x13001)) + 1}"  # once, at its first place


def test_the_letters_of_a_document_that_has_no_source_keep_their_place_on_the_page():
    document = read(ENGLISH)
    with pytest.raises(GlyphError) as caught:
        publish(document, typeset=Setter(glyph("x\U00013000", 1)))
    assert caught.value.where == "“page”"


# --- sources and forms ------------------------------------------------------------------------------------------------


def test_a_source_keeps_the_path_by_which_it_was_named(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes(b"text")
    monkeypatch.chdir(tmp_path)
    assert SourceFile.load("in/a.md") == SourceFile.load(Path("in/a.md")) == SourceFile("in/a.md", b"text")
    with pytest.raises(SourceError) as caught:
        read("in/a.md")
    assert caught.value.where.startswith("in/a.md")


def test_the_source_travels_in_two_forms_that_read_to_the_same_document():
    document = read(ARABIC)
    markdown, akn = attachments(document)
    assert (markdown.name, markdown.media_type) == ("A_RES_104_12.ar.md", "text/markdown")
    assert (akn.name, akn.media_type) == ("A_RES_104_12.ar.akn.xml", "application/akn+xml")
    assert markdown.description == "A/RES/104/12, the source of this document in Markdown"
    assert akn.description == "A/RES/104/12, the source of this document in Akoma Ntoso"
    for each in (markdown, akn):
        assert formats.parse(each.data, each.name) == document
    assert masthead.mark_up(document).attachments == (markdown, akn)


def test_a_text_that_shows_two_versions_travels_as_markdown_alone():
    old = read(ENGLISH)
    new = replace(old, closing=(*old.closing, "Another line"))
    from masthead import redline

    (only,) = attachments(redline.merge(compare_texts(old, new)))
    assert only.name == "A_RES_104_12.en.md"


@pytest.mark.parametrize("form", [".md", ".akn", ".txt", ".html", ".docx"])
def test_a_document_is_converted_by_the_suffix(form):
    document = read(ENGLISH)
    assert convert(ENGLISH, form) == formats.render(document, form) == convert(document, form)


def test_only_a_pdf_with_its_source_is_read(tmp_path):
    path = tmp_path / "x.PDF"
    path.write_bytes(BLANK)
    with pytest.raises(SourceError) as caught:
        read_any(path)
    assert (caught.value.message, caught.value.where) == ("the PDF has no source attached", str(path))
    assert caught.value.hint == "extract the text of other PDFs: pdftotext -layout -enc UTF-8 X.pdf X.txt"
    with pytest.raises(SourceError, match=r"no reader for|unknown form"):
        read_any(SourceFile("x.pdf", BLANK))
    document = read(ENGLISH)
    assert read_any(document) is document and read_any(str(ENGLISH)) == document


# --- redlines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["A_RES_104_12.en.md", "A_RES_104_12.ar.md", "A_RES_104_12.zh.md", "A_RES_104_12.ru.md", "A_RES_104_12.fr.md"],
)
def test_tracked_changes_are_dated_on_the_day_of_issue(name):
    old = read(SPECIMENS / name)
    new = replace(old, closing=(*old.closing, "Another line"))
    data = render_redline(compare_texts(old, new), ".docx")
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    assert 'w:date="2049-11-19T00:00:00Z"' in xml and 'w:author="Masthead"' in xml and 'w:date="2000' not in xml
    undated = replace(new, masthead=replace(new.masthead, date="soon"))
    with zipfile.ZipFile(io.BytesIO(render_redline(compare_texts(old, undated), ".docx", author="EU"))) as package:
        xml = package.read("word/document.xml").decode()
    assert 'w:date="2000-01-01T00:00:00Z"' in xml and 'w:author="EU"' in xml


def test_a_redline_has_a_list_of_changes_as_json():
    from masthead import redline

    old = read(ENGLISH)
    found = compare_texts(old, replace(old, closing=(*old.closing, "Another line")))
    data = render_redline(found, ".JSON")
    assert data.endswith(b"}\n") and json.loads(data) == json.loads(json.dumps(redline.to_dict(redline.changes(found))))
    assert b'\n  "' in data
    assert render_redline(found, ".md") == formats.render(redline.merge(found), ".md")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".md", ".json", ".DOCX"])
def test_a_redline_may_have_these_forms(suffix):
    check_form(suffix)


@pytest.mark.parametrize(
    ("suffix", "message"),
    [("", "the output has no suffix, which selects the form"), (".akn", "unknown form: .akn"),
        (".txt", "unknown form: .txt")]
)  # fmt: skip
def test_a_redline_has_no_other_form(suffix, message):
    with pytest.raises(OrderError) as caught:
        check_form(suffix, "x")
    assert (caught.value.message, caught.value.where) == (message, "x")
    assert caught.value.hint == (
        "name a file that ends in .docx, .pdf, .html, .md, .json; without -o, the changes are printed"
    )


def test_only_word_files_have_tracked_changes():
    document = read(ENGLISH)
    assert read_resolved(document, Changes.ACCEPT) is document
    with pytest.raises(SourceError) as caught:
        tracked(ENGLISH)
    assert (caught.value.message, caught.value.where) == ("only Word files have tracked changes", str(ENGLISH))
    old, new = document, replace(document, closing=(*document.closing, "Another line"))
    word = SourceFile("x.DOCX", render_redline(compare_texts(old, new), ".docx"))
    assert read_resolved(word, Changes.REJECT) == old and read_resolved(word, Changes.ACCEPT) == new
    found = tracked(word)
    assert (found.old, found.new) == (old, new)
    with pytest.raises(SourceError) as caught:
        compare_texts(word, new)
    assert caught.value.hint == (
        "make it two: masthead convert x.DOCX --changes accept -o NEW.docx, and reject -o OLD.docx"
    )


def test_versions_are_of_one_language():
    with pytest.raises(OrderError):
        compare_texts(ENGLISH, ARABIC)
    assert Language("en") is read(ENGLISH).language
