"""What a line of text opens is known by its words: a mark, a caption, an annex, a closing line."""

from __future__ import annotations

import pytest

from masthead.document import DocumentType
from masthead.document.locales import load
from masthead.document.model import AnnexKind
from masthead.document.terms import Language
from masthead.formats.extract.openers import Openers
from masthead.formats.itemization import annex_name
from masthead.formats.styled.mark_reader import MarkReader

KINDS = (
    "is_item", "is_bullet", "is_marked", "is_bare", "is_side", "is_contents", "is_entry", "is_annex", "is_original",
    "is_caption", "is_figure", "is_part", "is_closing", "is_formula", "stands_alone",
)  # fmt: skip


def openers(language: Language = Language.ENGLISH, kind: DocumentType = DocumentType.REPORT) -> Openers:
    locale = load(language)
    return Openers(MarkReader(kind, locale, ours=False), locale)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1. The gardens", "is_marked"),
        ("150. The gardens", "is_marked"),
        ("10.2  The gardens", "is_marked"),
        ("10.2 of the gardens", ""),
        ("(a) The gardens", "is_item is_marked"),
        ("A. Gardens", "is_marked"),
        ("II. Gardens", "is_marked"),
        ("1.", "is_bare is_marked"),
        ("(a)", "is_bare is_marked"),
        ("II.", "is_bare is_marked"),
        ("Gardens", ""),
        ("In favour: Florin", "is_side stands_alone"),
        ("Contents", "is_contents"),
        ("Gardens of the coasts ........ 12", "is_entry"),
        ("Gardens of the coasts", ""),
        ("Annex", "is_annex"),
        ("Annex II", "is_annex"),
        ("ANNEX A", "is_annex"),
        ("Annex II to the report", ""),
        ("• the gardens", "is_bullet is_marked"),
        ("• ", ""),
        ("The annex", ""),
        ("[Original: French]", "is_original stands_alone"),
        ("Original: French", ""),
        ("Table 1", "is_caption stands_alone"),
        ("Figure I", "is_caption is_figure stands_alone"),
        ("Table 1 shows them", ""),
        ("The figure", ""),
        ("A", "is_part"),
        ("41st plenary meeting", "is_closing stands_alone"),
        ("5 November 2049", "is_closing stands_alone"),
        ("The General Assembly,", "is_formula"),
        ("The General Assembly", "is_formula"),
        ("The General Assembly notes", ""),
    ],
)
def test_a_line_opens_what_its_words_say(text: str, kinds: str) -> None:
    opener = openers()
    assert {kind for kind in KINDS if getattr(opener, kind)(text)} == set(kinds.split())


def test_the_number_of_a_paragraph_and_the_level_of_a_heading_are_known() -> None:
    opener = openers()
    assert [opener.number(text) for text in ("12. The gardens", "(a) The gardens", "12 gardens")] == [12, None, None]
    assert [opener.level(text) for text in ("II. Gardens", "A. Gardens", "Gardens")] == [1, 2, 0]


def test_a_corrigendum_names_tables_and_has_none() -> None:
    opener = openers(kind=DocumentType.CORRIGENDUM)
    assert not opener.is_caption("Table 1")
    assert opener.is_figure("Figure I")


def test_words_are_those_of_the_language() -> None:
    arabic = openers(Language.ARABIC)
    assert arabic.is_annex("المرفق")
    assert arabic.is_annex("المرفق الأول")
    assert arabic.number("١٢ - الحدائق") == 12
    assert arabic.is_marked("١٢ - الحدائق")
    assert not arabic.is_annex("Annex")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Annex", (AnnexKind.ANNEX, None, None)),
        ("en", "Annex II", (AnnexKind.ANNEX, 2, None)),
        ("en", "ANNEX A", (AnnexKind.ANNEX, None, "ANNEX A")),
        ("en", "Annex 2.1", (AnnexKind.ANNEX, None, "Annex 2.1")),
        ("en", "Annex I: Seeds", (AnnexKind.ANNEX, 1, None)),
        ("en", "APPENDIX B – Seeds", (AnnexKind.APPENDIX, None, "APPENDIX B")),
        ("en", "Enclosure", (AnnexKind.ENCLOSURE, None, None)),
        ("fr", "Annexe 1", (AnnexKind.ANNEX, None, "Annexe 1")),
        ("fr", "PIÈCE JOINTE", (AnnexKind.ENCLOSURE, None, "PIÈCE JOINTE")),
        ("fr", "Pièce jointe n° 3", (AnnexKind.ENCLOSURE, None, "Pièce jointe n° 3")),
        ("es", "ANEXO I", (AnnexKind.ANNEX, None, "ANEXO I")),
        ("es", "Apéndice II", (AnnexKind.APPENDIX, 2, None)),
        ("ru", "ПРИЛОЖЕНИЕ", (AnnexKind.ANNEX, None, "ПРИЛОЖЕНИЕ")),
        ("ru", "Приложение № 2", (AnnexKind.ANNEX, None, "Приложение № 2")),
        ("zh", "附件二十一", (AnnexKind.ANNEX, None, "附件二十一")),
        ("zh", "附件一：名单", (AnnexKind.ANNEX, 1, None)),
        ("ar", "المُرفق الأول", (AnnexKind.ANNEX, 1, None)),
        ("ar", "المرفق ألف", (AnnexKind.ANNEX, None, "المرفق ألف")),
        ("ar", "المرفق الثاني عشر", (AnnexKind.ANNEX, None, "المرفق الثاني عشر")),
        ("en", "annex A", None),
        ("en", "Annex A.", None),
        ("en", "Annex I lists the seeds", None),
        ("en", "Annexes", None),
        ("zh", "附件中", None),
    ],
)
def test_annexes_are_named_as_authors_type_them(
    language: str, text: str, name: tuple[AnnexKind, int | None, str | None] | None
) -> None:
    found = annex_name(text, load(Language(language)))
    assert (found and found[:3]) == name
