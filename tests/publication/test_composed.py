"""A source in decomposed Unicode prints and is judged like a composed one."""

from __future__ import annotations

import unicodedata

import pytest

from manuscripts import ES, FR, report
from masthead import publication
from masthead.document import Language
from masthead.publication import SourceFile

TEXT = {
    FR: "1. L’été fut très sec à Orléans, où l’eau coûta 35 % de plus que naguère[^1].",
    ES: "1. El año pasó sin más lluvia; según los niños, la cigüeña no volvió[^1].",
}


@pytest.mark.parametrize("language", [FR, ES])
def test_a_decomposed_source_has_no_finding_either(language: Language) -> None:
    text = report(language, TEXT[language], "[^1]: Éloïse, année 2038.")
    for form in ("NFC", "NFD"):
        edition = publication.publish(SourceFile("text.md", unicodedata.normalize(form, text).encode()))
        assert edition.report.findings == ()


def test_a_space_at_the_end_of_a_title_is_not_in_the_metadata() -> None:
    text = report(FR, TEXT[FR], "[^1]: Note.").replace("title: Marées", 'title: "Marées "')
    assert publication.publish(SourceFile("text.md", text.encode())).report.findings == ()
