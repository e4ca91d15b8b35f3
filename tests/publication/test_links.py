"""Links lead to their targets on pages and on the web page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest

from masthead import publication
from masthead.document.model import Annex, Document, Paragraph, Role, Text
from masthead.document.terms import Language
from masthead.formats import read
from masthead.formats.html.writer import write as write_html
from masthead.page.markup import mark_up
from masthead.preflight import verapdf
from masthead.typesetting.typesetter import typeset
from paths import SPECIMENS
from specimen import document

TREATY = "https://treaties.un.org/doc/Publication/UNTS/Volume%20{0}/v{0}.pdf"
GOALS = "https://metadata.un.org/sdg/"


def saying(text: str) -> Document:
    """The small document with an annex, its first operative paragraph and its second note saying `text`."""
    made = document(Language.ENGLISH)
    at = next(at for at, block in enumerate(made.body) if isinstance(block, Paragraph) and block.number == 1)
    first = Paragraph(Role.OPERATIVE, (Text(f"{text};"),), 1)
    annex = Annex((Text("Lamps"),), (Paragraph(Role.NUMBERED, (Text("See paragraph 1 above."),), 1),), None)
    return replace(made, body=(*made.body[:at], first, *made.body[at + 1 :]), annexes=(annex,))


def test_links_of_a_pdf_lead_to_pages_and_look_like_text() -> None:
    page = mark_up(saying("Recalls paragraph 3 (b) below and the annex to the present resolution, and target 14.2"))
    assert page.text.count('<a class="quiet"') == 5  # the treaty of note 2, and annex paragraph 1, too
    assert page.text.count('id="paragraph-1"') == page.text.count('id="annex-1-paragraph-1"') == 1
    pdf = typeset(page).data
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    annotations = [each.get_object() for page in reader.pages for each in page.get("/Annots", ())]
    inner = {str(each["/Dest"]) for each in annotations if "/Dest" in each}
    assert {"paragraph-3-b", "annex-1", "annex-1-paragraph-1"} <= inner <= set(reader.named_destinations)
    assert all(str(each["/Contents"]) for each in annotations)
    outer = {str(each["/A"]["/URI"]) for each in annotations if "/A" in each}
    assert {f"{GOALS}14.2", TREATY.format(2225)} <= outer
    for verdict in verapdf.validate(pdf, ("3a", "ua1")):
        assert verdict.failures == ()


@pytest.mark.parametrize(
    "form", [lambda document: publication.mark_up(document).text, write_html], ids=["pages", "web"]
)
def test_every_link_inside_a_specimen_has_its_place(form: Callable[[Document], str]) -> None:
    for path in sorted(SPECIMENS.glob("*.md")):
        text = form(read(path))
        inner = re.findall(r'href="#([^"]+)"', text)
        assert {name for name in inner if text.count(f'id="{name}"') != 1} == set(), path.name
        names = re.findall(r' id="([^"]+)"', text)
        assert len(set(names)) == len(names), path.name
