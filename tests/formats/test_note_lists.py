"""Lists of terms in notes, in columns: in the texts of PDFs, in all forms, and on the page."""

from __future__ import annotations

import pytest

from columned_notes import columned, document_of, markdown
from extracts import GENEVA_HEAD, extract
from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.model import Tab, inlines
from masthead.formats.transcript import reader
from reference import reference

HEAD = f"""{GENEVA_HEAD}
             1.     The present report is short.1
             2.     So is this one.2


GE.49-08131 (E)   200749   210749
\f"""
"""Page one."""

INDENTED = f"""{HEAD}
Notes

         1   Les parties prenantes énumérées ci-après ont apporté une contribution au présent résumé, dont
             le texte intégral peut être consulté sur le site du Haut-Commissariat aux droits de l’homme.
             Société civile
             Communications individuelles:
                  AI                Amnesty International (Royaume-Uni de Grande-Bretagne
                                    et d’Irlande du Nord);
                  FIDH              Fédération internationale des ligues des droits de
                                    l’homme (France);
                  FRANCISCANS       Franciscans International (Suisse).
\f
                                                                            A/HRC/104/ATL/3


Communications conjointes:
          JS1       Communication conjointe no 1 soumise par: une ligue
                    de la côte et trois autres, avec l’appui de celles de la
                    capitale;
                    Annexes:
                    (a) Liste des ports.
          JS2       Communication conjointe no 2 soumise par: deux ligues
\f
A/HRC/104/ATL/3


                    de l’intérieur (Atlantide).
           2  JS1, par. 4.


2
"""
"""In French, indented, on three pages, each of which has the columns at other places."""

COLUMNS = f"""{HEAD}
Notes

         1   Были использованы материалы следующих заинтересованных сторон, которые перечислены ниже:
             МА          Международная амнистия, отделение в столице          Лондон
             ФНП         Федерация независимых профсоюзов моряков и           Гавань
                         портовых рабочих
             Совет по    Совет по делам рыбаков                               —
             делам
         2   ФНП, с. 2.
"""
"""In Russian, not indented, in three columns, with a term of two lines."""

LEGEND = f"""{HEAD}
             The end.1, 2

    ____________________
   1   Categorías:
       A    Aceptada
       B    No aceptada
       C    Cerrada por la Junta
   2   Véase A/HRC/28/4.
"""
"""A legend in Spanish, at the foot of the page, with explanations that take one line each."""

WIDE = f"""{HEAD}
Notes

         1   The stakeholders   of the coast have contributed to this summary, and the full  texts of
             all of their submissions are  kept in the  archive of the harbour, where they can be read.
         2   See paragraph 4.
"""
"""Lines of text that are justified with wide spaces."""


def columns_of(source: str) -> list[list[str]]:
    """Return the first note: the columns of each paragraph, after `|`."""
    document = reader.read(source.encode(), "x.txt")
    assert [finding.rule for finding in document.findings].count("table-guessed") == ("|" in columned(document))
    return [paragraph.split("|") for paragraph in columned(document).split("\n")]


def tabs_of(source: str) -> list[int]:
    document = reader.read(source.encode(), "x.txt")
    return sorted({inline.at for inline in inlines(document.notes[0].content) if isinstance(inline, Tab)})


def test_a_list_goes_on_where_its_columns_are_elsewhere() -> None:
    assert columns_of(INDENTED) == [
        ["Les parties prenantes énumérées ci-après ont apporté une contribution au présent résumé, dont le texte "
         "intégral peut être consulté sur le site du Haut-Commissariat aux droits de l’homme."],
        ["Société civile"],
        ["Communications individuelles:"],
        ["", "AI", "Amnesty International (Royaume-Uni de Grande-Bretagne et d’Irlande du Nord);"],
        ["", "FIDH", "Fédération internationale des ligues des droits de l’homme (France);"],
        ["", "FRANCISCANS", "Franciscans International (Suisse)."],
        ["Communications conjointes:"],
        ["", "JS1", "Communication conjointe no 1 soumise par: une ligue de la côte et trois autres, avec l’appui de "
         "celles de la capitale;"],
        ["", "Annexes:"],
        ["", "(a) Liste des ports."],
        ["", "JS2", "Communication conjointe no 2 soumise par: deux ligues de l’intérieur (Atlantide)."],
    ]  # fmt: skip
    term, explanation = tabs_of(INDENTED)
    # 57 characters of Times beside 95, and the indent is 5 of 23 characters where most room is between columns.
    assert 2900 < explanation < 3400
    assert 0.2 < term / explanation < 0.24


def test_a_list_may_have_three_columns() -> None:
    assert columns_of(COLUMNS) == [
        ["Были использованы материалы следующих заинтересованных сторон, которые перечислены ниже:"],
        ["МА", "Международная амнистия, отделение в столице", "Лондон"],
        ["ФНП", "Федерация независимых профсоюзов моряков и портовых рабочих", "Гавань"],
        ["Совет по делам", "Совет по делам рыбаков", "—"],
    ]
    first, second = tabs_of(COLUMNS)
    assert first / second == pytest.approx(12 / 65, abs=0.01)


def test_a_legend_is_a_list() -> None:
    assert columns_of(LEGEND) == [
        ["Categorías:"],
        ["A", "Aceptada"],
        ["B", "No aceptada"],
        ["C", "Cerrada por la Junta"],
    ]
    assert 300 < tabs_of(LEGEND)[0] < 500  # 5 of some 98 characters


def test_wide_spaces_between_words_are_no_columns() -> None:
    ((text,),) = columns_of(WIDE)
    assert text.startswith("The stakeholders of the coast have") and text.endswith("where they can be read.")


@pytest.mark.parametrize("suffix", [".md", ".akn", ".docx"])
def test_columns_are_kept_in_all_forms(suffix: str) -> None:
    document = document_of()
    assert formats.parse(formats.render(document, suffix), f"x{suffix}") == document


def test_columns_are_in_notes_alone() -> None:
    with pytest.raises(SourceError, match=r"<!-- tab 900 --> is not in a note") as raised:
        formats.parse(markdown().replace("of the coast.\n", "of<!-- tab 900 -->the coast.\n").encode(), "x.md")
    assert "write a table" in raised.value.hint


@pytest.mark.slow
def test_a_real_list_has_the_columns_of_its_page() -> None:
    """Terms are 28.4 pt from the edge of the text, explanations 141.9 pt: measured in the PDF."""
    source = extract(reference("geneva/A_HRC_WG.6_34_ITA_3.en.pdf"), "-layout")
    document = reader.read(source.encode(), "x.txt")
    for note in document.notes[1:3]:
        tabs = {inline.at / 20 for inline in note.content if isinstance(inline, Tab)}
        assert sorted(tabs) == pytest.approx([28.4, 141.9], abs=1)
