"""Where the link on a symbol or on the number of a resolution leads, and whether all symbols are links."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handmade import findings, handmade
from tiny import Change, content, tiny


def linked(text: str, address: str) -> list[str]:
    """What is found of a link with an address on a text, which is on page one."""

    def change(file: pikepdf.Pdf) -> None:
        link = file.pages[0].obj.Annots[0]
        link.A = Dictionary(S=Name.URI, URI=String(address))
        link.Rect = Array([20, 158, 20 + 4 * len(text) + 1, 168])

    changes: tuple[Change, ...] = (
        content(0, "(See )", "()"), content(0, "36 160 Td", "20 160 Td"), content(0, "(A/71/119)", f"({text})"),
        content(0, "( of all.)", "()"), change,
    )  # fmt: skip
    return [each.message for each in findings(tiny(*changes), "links.targets")]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("A/71/119", "https://undocs.org/A/71/119"),
        ("A/71/119", "https://undocs.org/en/A/71/119"),
        ("a/71/119", "https://undocs.org/A/71/119"),
        ("A/71/119*", "https://undocs.org/A/71/119"),
        ("A/71/119,", "https://undocs.org/A/71/119"),
        ("A/71/119", "https://docs.un.org/A/71/119"),
        ("A/71/119", "https://digitallibrary.un.org/record/7"),  # another site of the United Nations
        ("71/119", "https://undocs.org/A/RES/71/119"),
        ("A/RES/71/119", "https://undocs.org/A/RES/71/119"),
        ("80/84 A-B", "https://undocs.org/A/RES/80/84a-b"),
        ("80/84 A", "https://undocs.org/A/RES/80/84A-B"),  # one of the parts
        ("80/84", "https://undocs.org/A/RES/80/84a-b"),
        ("the rain", "https://rain.example/"),
        ("A/71/119-S/2016/7", "https://undocs.org/S/2016/7"),  # either symbol of two organs
        ("A/71/119-S/2016/7", "https://undocs.org/A/71/119"),
    ],
)
def test_links_lead_to_the_document_that_they_name(text: str, address: str) -> None:
    assert linked(text, address) == []


@pytest.mark.parametrize(
    ("text", "address", "message"),
    [
        ("A/71/119", "https://undocs.org/A/71/118", "the link on A/71/119 leads to A/71/118"),
        ("A/71/119", "https://undocs.org/A/171/119", "the link on A/71/119 leads to A/171/119"),
        ("A/71/119", "https://undocs.org/BA/71/119", "the link on A/71/119 leads to BA/71/119"),
        ("A/71/119", "https://undocs.org/A/119/71", "the link on A/71/119 leads to A/119/71"),
        ("71/119", "https://undocs.org/A/RES/71/118", "the link on 71/119 leads to A/RES/71/118"),
        ("80/84 A-B", "https://undocs.org/A/RES/80/84a", "the link on 80/84A-B leads to A/RES/80/84a"),
        ("80/84 C", "https://undocs.org/A/RES/80/84a-b", "the link on 80/84C leads to A/RES/80/84a-b"),
        ("80/84 A", "https://undocs.org/A/RES/80/84", "the link on 80/84A leads to A/RES/80/84"),
        ("A/71/119", "https://rain.example/A/71/119", "the link on A/71/119 leads to another site, rain.example"),
        ("71/119", "https://rain.example/71/119", "the link on 71/119 leads to another site, rain.example"),
        ("A/71/119", "https://un.org.example/", "the link on A/71/119 leads to another site, un.org.example"),
        ("A/71/119-S/2016/7", "https://undocs.org/S/2016/8", "the link on A/71/119-S/2016/7 leads to S/2016/8"),
    ],
)
def test_links_that_lead_elsewhere_are_found(text: str, address: str, message: str) -> None:
    assert linked(text, address) == [message]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://rain.example/", ""),
        ("mailto:rain@un.example", ""),
        ("http://rain.example", ""),
        ("ftp://rain.example/x", "the link has an invalid address: ftp://rain.example/x"),
        ("https:", "the link has an invalid address: https:"),
        ("rain.example", "the link has an invalid address: rain.example"),
        ("", "the link has no address"),
    ],
)
def test_an_address_is_complete(address: str, message: str) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.Annots[0].A = Dictionary(S=Name.URI, URI=String(address))

    found = [each.message for each in findings(tiny(change), "links.well-formed")]
    assert found == ([message] if message else [])


@pytest.mark.parametrize(
    ("address", "is_found"),
    [("http://undocs.org/A/71/119", True), ("https://undocs.org/A/71/119", False), ("http://rain.example/", False)],
)
def test_links_to_documents_are_encrypted(address: str, is_found: bool) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.Annots[0].A = Dictionary(S=Name.URI, URI=String(address))

    found = [each.message for each in findings(tiny(change), "links.encrypted")]
    assert found == ([f"the link to {address} is not encrypted"] if is_found else [])


@pytest.mark.parametrize(
    ("rectangle", "message"),
    [
        ([36, 158, 71, 168], ""),
        ([36, 158, 71, 158.9], "the link has no height and cannot be clicked: https://undocs.org/A/71/119"),
        ([36, 158, 36.9, 158.9], ""),  # of no size at all
        ([36, 80, 71, 90], "the link is not on any text: https://undocs.org/A/71/119"),
        ([76, 158, 120, 168], "the link is on text that is not tagged as a link: https://undocs.org/A/71/119"),
        ([20, 158, 71, 168], "the link is on text that is not tagged as a link: https://undocs.org/A/71/119"),
    ],
)
def test_a_link_is_high_enough_and_on_text_that_is_tagged_as_one(rectangle: list[float], message: str) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.Annots[0].Rect = Array(rectangle)

    found = [each.message for each in findings(tiny(change), "links.places")]
    assert found == ([message] if message else [])


ELSEWHERE = "the link leads to page 2, but what it names is on page 1"


def inward(text: str, page: int | None, heading: str = "More") -> list[str]:
    """What is found of a link to a page, from a text on page one; the heading is on page three."""
    pages = f"126 300 10 <P>{text} ‖ 126 100 10 <P>The end of it; 126 120 10 <H2>Both ‖ 126 100 10 <H2>{heading}; "
    with pikepdf.open(io.BytesIO(handmade(f"{pages}126 120 10 <H2>Both"))) as file:
        place = 99 if page is None else file.pages[page - 1].obj
        rectangle = [125, 485, 126 + 5 * len(text) + 1, 503]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, Dest=Array([place, Name.Fit]))
        file.pages[0].obj.Annots = Array([file.make_indirect(link)])
        data = io.BytesIO()
        file.save(data)
    return [each.message for each in findings(data.getvalue(), "links.destinations")]


@pytest.mark.parametrize(
    ("text", "page", "heading", "message"),
    [
        ("More", 3, "More", ""),
        ("More . . . . . 3", 3, "More", ""),
        ("MORE", 3, "More", ""),
        ("More . . . . . 2", 2, "More", "the link leads to page 2, but what it names is on page 3"),
        ("More", None, "More", "the link does not lead to a page of the file"),
        ("Snow . . . . . 2", 2, "More", ""),  # which names nothing
        ("More rain . . . . 3", 3, "II. More rain", ""),  # the heading without its mark
        ("More rain . . . . 2", 2, "II. More rain", "the link leads to page 2, but what it names is on page 3"),
        ("II. More rain . . . . 2", 2, "II. More rain", "the link leads to page 2, but what it names is on page 3"),
        ("The end . . . . 2", 2, "The end", ""),  # what begins so is on the page
        ("Both . . . . 2", 2, "More", ""),
        ("Both . . . . 3", 3, "More", ""),
        ("More", 2, "Other", ""),  # what is named is on the page of the link alone: it may be the link itself
        ("More . . . . 1", 1, "More", ""),
    ],
)
def test_a_link_inside_leads_to_the_page_of_what_it_names(
    text: str, page: int | None, heading: str, message: str
) -> None:
    assert inward(text, page, heading) == ([message] if message else [])


@pytest.mark.parametrize(
    ("page", "message"), [(1, ""), (2, "the link leads to page 2, but what it names is on page 1")]
)
def test_a_link_to_a_note_leads_to_its_page(page: int, message: str) -> None:
    pages = "123 300 10 Some words; 172 296.5 6 1; 123 600 8.5 See all of it; 112 597 5.5 1 ‖ 123 300 10 More"
    with pikepdf.open(io.BytesIO(handmade(pages))) as file:
        names = Array([String("note-1"), Array([file.pages[page - 1].obj, Name.Fit])])
        file.Root.Names = Dictionary(Dests=Dictionary(Names=names))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[172, 494, 176, 502], Dest=String("note-1"))
        file.pages[0].obj.Annots = Array([file.make_indirect(link)])
        data = io.BytesIO()
        file.save(data)
    found = [each.message for each in findings(data.getvalue(), "links.destinations")]
    assert found == ([message] if message else [])
