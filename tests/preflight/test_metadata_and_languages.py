"""What the metadata say about the document, and the languages in which parts are declared."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import String

from handmade import findings, handmade
from tiny import Change, content, find, metadata, tiny

PROPERTY = "<pdfaid:part>3</pdfaid:part>"


def stated(name: str, value: str) -> Change:
    """A property in the XMP metadata."""
    return metadata(PROPERTY, f"{PROPERTY}<dc:{name}>{value}</dc:{name}>")


def information(key: str, value: str) -> Change:
    return lambda file: file.docinfo.__setitem__(key, value)


def messages(rule: str, *changes: Change) -> list[str]:
    return [each.message for each in findings(tiny(*changes), rule)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), []),  # nothing is stated
        ((stated("language", "en"),), []),
        ((stated("language", "EN-GB"),), []),
        ((stated("language", "fr"),), ["the language in the metadata is fr, but the file declares en"]),
        ((stated("language", "fr"), lambda file: file.Root.__delitem__("/Lang")), []),
    ],
)
def test_the_language_in_the_metadata_is_that_of_the_file(changes: tuple[Change, ...], expected: list[str]) -> None:
    assert messages("metadata.language", *changes) == expected


ORGAN = content(0, "/F1 12 Tf 20 180 Td (Title of it)", "/F1 17 Tf 20 100 Td (Title of it)")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((information("/Author", "General Assembly"), stated("creator", "General Assembly")), []),
        (
            (information("/Author", "General Assembly"),),
            ["the author is missing in the metadata, but General Assembly in the information dictionary"],
        ),
        (
            (stated("creator", "General Assembly"),),
            ["the author is General Assembly in the metadata, but missing in the information dictionary"],
        ),
        ((lambda file: file.trailer.__delitem__("/Info"), stated("creator", "General Assembly")), []),
        ((ORGAN, information("/Author", "TITLE OF IT"), stated("creator", "TITLE OF IT")), []),
        (
            (ORGAN, information("/Author", "Title"), stated("creator", "Title")),
            ["the author in the metadata is Title, but the organ is Title of it"],
        ),
    ],
)
def test_the_author_is_the_organ_in_both_places(changes: tuple[Change, ...], expected: list[str]) -> None:
    assert messages("metadata.creator", *changes) == expected


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("D:20390301000000Z", []),
        ("D:20390302000000Z", ["the date of the file is D:20390302000000Z, but the document is dated 1 March 2039"]),
        ("", ["the file has no date of creation"]),
    ],
)
def test_the_file_has_the_date_of_the_document(created: str, expected: list[str]) -> None:
    pages = handmade("126 50 14 United Nations; 440 100 10 Distr.: General; 440 112 10 1 March 2039")
    with pikepdf.open(io.BytesIO(pages)) as file:
        if created:
            file.docinfo["/CreationDate"] = created
        data = io.BytesIO()
        file.save(data)
    assert [each.message for each in findings(data.getvalue(), "metadata.dates")] == expected


def test_a_date_without_one_in_the_document_is_not_compared() -> None:
    assert messages("metadata.dates") == []


def declared(text: str, language: str, own: str = "ar") -> list[str]:
    """What is found in a paragraph that is declared in a language, in a file of another."""
    with pikepdf.open(io.BytesIO(handmade(f"126 300 10 <P>{text}; 126 320 10 <P>One"))) as file:
        find(file, "P").Lang = String(language)
        file.Root.Lang = String(own)
        data = io.BytesIO()
        file.save(data)
    found = [(each.message, each.page, each.where) for each in findings(data.getvalue(), "accessibility.parts")]
    return [message for message, page, where in found if (page, where) == (1, text.removeprefix("~"))]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("One word", "en", []),
        ("One word", "EN-GB", []),
        ("One word", "ar", []),
        ("One word", "AR-EG", []),
        ("One word", "fr", ["a part is declared in fr, but the file in ar"]),
        ("One word", "x", ["the language of a part is invalid: x"]),
        ("One word", "en_GB", ["the language of a part is invalid: en_GB"]),
        ("Слово и два", "en", ["text in Cyrillic letters is declared in en"]),
        ("Слово", "en", ["text in Cyrillic letters is declared in en"]),
        ("Слов", "en", []),  # four letters show no language
        ("Слово abc", "en", []),  # nor do letters of which there are not twice as many as Latin ones
        ("Слово ab", "en", ["text in Cyrillic letters is declared in en"]),
        ("Слово Слово ὁδός ὁδός", "en", ["text in Cyrillic letters is declared in en"]),
        ("12345", "en", []),
    ],
)
def test_a_part_is_in_the_language_that_it_is_declared_in(text: str, language: str, expected: list[str]) -> None:
    assert declared(text, language) == expected


def test_a_language_that_a_part_should_not_have_is_reported_once_on_a_page() -> None:
    def change(file: pikepdf.Pdf) -> None:
        for at in range(2):
            find(file, "P", at).Lang = String("fr")
        find(file, "P", 2).Lang = String("fr")

    found = findings(tiny(change), "accessibility.parts")
    assert [(each.message[:25], each.page) for each in found] == [
        ("a part is declared in fr,", 1), ("a part is declared in fr,", 2),
    ]  # fmt: skip
