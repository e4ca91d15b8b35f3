"""Where the link on a symbol or on the number of a resolution leads, and whether all symbols are links."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handmade import findings
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
