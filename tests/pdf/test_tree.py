"""The structure tree of a tiny file: elements, their attributes, and what leads from the pages back to them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from masthead.pdf.content.structure import (
    MarkedContent,
    StructureElement,
    columns,
    content_in_links,
    false_parents,
    read_structure,
    revised_content,
    spoken_languages,
)
from tiny import Change, find, tiny


def tree(*changes: Change) -> StructureElement | None:
    with pikepdf.open(io.BytesIO(tiny(*changes))) as file:
        return read_structure(file)


def shown(element: StructureElement | MarkedContent) -> Any:
    """An element as `kind` or a pair of it and its kids, marked content as `page:number`."""
    if isinstance(element, MarkedContent):
        return f"{element.page}:{element.number}"
    return (element.kind, *map(shown, element.kids))


def _of(root: StructureElement | None, kind: str) -> StructureElement:
    waiting = [root]
    for element in waiting:
        if isinstance(element, StructureElement):
            if element.kind == kind:
                return element
            waiting += element.kids
    raise AssertionError(kind)


def _set(kind: str, entry: str, value: Any, at: int = 0) -> Change:
    return lambda file: find(file, kind, at).__setitem__(entry, value)


def test_the_tree_has_all_elements_with_their_content() -> None:
    root = tree()
    assert root is not None and root.language == "en"
    assert shown(root) == (
        "",
        (
            "Document",
            ("H1", "1:0"),
            ("P", "1:1", ("Link", "1:2"), "1:3"),
            (
                "Table",
                ("THead", ("TR", ("TH", "1:4"), ("TH", "1:5"))),
                ("TBody", ("TR", ("TH", "1:6"), ("TD", "1:7"))),
            ),
            ("Figure", "1:8"),
            ("P", ("Link", "1:9")),
            ("H2", "2:0"),
            ("P", "2:1"),
        ),
    )
    assert _of(root, "Figure").alternative == "A square"
    assert (_of(root, "H1").page, _of(root, "H2").page) == (1, 2)
    assert _of(root, "H1").text is None
    assert tree(lambda file: file.Root.__delitem__("/StructTreeRoot")) is None
    assert tree(lambda file: file.Root.__setitem__("/StructTreeRoot", String("x"))) is None


_BOTH = Dictionary(O=Name.Table, Scope=Name.Both)


@pytest.mark.parametrize(
    ("change", "kind", "expected"),
    [
        (_set("P", "/S", Name.FENote), "Note", ("Note", "", (1, 1), "")),
        (_set("TH", "/A", Array([_BOTH, Dictionary(RowSpan=2)])), "TH", ("TH", "Both", (1, 2), "")),
        (_set("TH", "/A", Dictionary(ColSpan=3)), "TH", ("TH", "", (3, 1), "")),
        (_set("TH", "/A", Dictionary(ColSpan=String("3"), Scope=Name.Row)), "TH", ("TH", "Row", (1, 1), "")),
        (_set("TH", "/A", String("x")), "TH", ("TH", "", (1, 1), "")),
        (_set("H1", "/A", Dictionary(Scope=Name.Row, ColSpan=2)), "H1", ("H1", "", (1, 1), "")),
    ],
)  # fmt: skip
def test_the_attributes_of_elements(change: Change, kind: str, expected: tuple[object, ...]) -> None:
    element = _of(tree(change), kind)
    assert (element.kind, element.scope, element.spans, element.own) == expected


def test_roles_languages_and_texts_of_elements() -> None:
    def roles(file: pikepdf.Pdf) -> None:
        file.Root.StructTreeRoot.RoleMap = Dictionary(Top=Name.H1)
        find(file, "H1").S = Name.Top

    top = _of(tree(roles, _set("Top", "/ActualText", String("X")), _set("Top", "/Lang", String("fr"))), "H1")
    assert (top.own, top.text, top.language) == ("Top", "X", "fr")
    other = _of(tree(_set("H1", "/ActualText", Name.X), _set("H1", "/Lang", 5)), "H1")
    assert (other.text, other.language) == (None, "")


def test_content_is_of_the_page_that_it_or_its_parent_names() -> None:
    def elsewhere(file: pikepdf.Pdf) -> None:
        find(file, "H1").K = Array([Dictionary(Type=Name.MCR, MCID=3, Pg=file.pages[1].obj), 7, String("x"),
                                    Dictionary(Type=Name.MCR, MCID=4), Dictionary(Type=Name.OBJR)])  # fmt: skip

    assert shown(_of(tree(elsewhere), "H1")) == ("H1", "2:3", "1:7", "1:4")
    nameless = tree(
        lambda file: find(file, "H1").__delitem__("/Pg"), lambda file: find(file, "Document").__delitem__("/Pg")
    )
    assert shown(_of(nameless, "H1")) == ("H1", "None:0")
    one = tree(_set("H1", "/K", 5))
    assert shown(_of(one, "H1")) == ("H1", "1:5")


def _deep(levels: int) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        inner = Dictionary(S=Name.Span, K=5)
        for _ in range(levels - 1):
            inner = Dictionary(S=Name.Span, K=inner)
        find(file, "H1").K = inner

    return change


def test_a_tree_that_loops_or_is_too_deep_is_refused() -> None:
    with pytest.raises(ValueError, match="the structure tree loops"):
        tree(lambda file: find(file, "H1").__setitem__("/K", find(file, "Document")))
    with pytest.raises(ValueError, match="the structure tree loops"):
        tree(lambda file: find(file, "H1").__setitem__("/K", find(file, "Link")))
    assert tree(_deep(98)) is not None  # below the document and the heading
    with pytest.raises(ValueError, match="the structure tree is too deep"):
        tree(_deep(99))


def test_what_is_in_links_revisions_and_other_languages() -> None:
    def revised(file: pikepdf.Pdf) -> None:
        file.Root.StructTreeRoot.RoleMap = Dictionary(Ins=Name.Span, Del=Name.Span, Other=Name.Span)
        for kind, own in (("Link", "Ins"), ("Figure", "Other"), ("Table", "Del")):
            find(file, kind).S = Name(f"/{own}")

    root = tree(_set("P", "/Lang", String("fr")), _set("Link", "/Lang", String("ar")))
    assert root is not None
    linked = {content.number for content, is_linked in content_in_links(root).items() if is_linked}
    assert linked == {2, 9}
    assert len(content_in_links(root)) == 12
    spoken = spoken_languages(root)
    assert {(page, number): language for (page, number), language in spoken.items() if language != "en"} == {
        (1, 1): "fr", (1, 2): "ar", (1, 3): "fr",
    }  # fmt: skip
    changed = tree(revised)
    assert changed is not None
    assert revised_content(changed) == {(1, 2): "Ins", (1, 4): "Del", (1, 5): "Del", (1, 6): "Del", (1, 7): "Del"}
    reference = tree(_set("Link", "/S", Name.Reference))
    assert reference is not None
    assert content_in_links(reference)[MarkedContent(1, 2)]


def test_two_sections_in_two_languages_are_columns() -> None:
    def section(language: str, *kids: StructureElement, kind: str = "Sect") -> StructureElement:
        return StructureElement(kind, language, None, "", None, kids)

    def whole(*kids: StructureElement, language: str = "en") -> StructureElement:
        return section(language, section("", *kids, kind="Document"), kind="")

    french, own = section("fr"), section("")
    assert [each.language for each in columns(whole(own, french))] == ["en", "fr"]
    assert [each.kids for each in columns(whole(own, french))] == [(own,), (french,)]
    assert columns(None) == ()
    assert columns(whole(own, own)) == ()
    assert columns(whole(own, french, section("ar"))) == ()
    assert columns(whole(own, section("fr", kind="P"))) == ()
    assert columns(whole(own)) == ()
    inner = section("ar", own, french, kind="Part")
    assert [each.language for each in columns(whole(inner))] == ["ar", "fr"]


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        (lambda file: None, []),
        (lambda file: file.pages[1].obj.__delitem__("/StructParents"), []),
        (lambda file: file.pages[1].obj.__setitem__("/StructParents", 7), [2]),
        (lambda file: file.Root.StructTreeRoot.__delitem__("/ParentTree"), [1, 2]),
        (lambda file: file.Root.StructTreeRoot.__setitem__("/ParentTree", 5), [1, 2]),
        (lambda file: file.Root.StructTreeRoot.ParentTree.Nums[3].__setitem__(0, find(file, "H1")), []),
        (lambda file: file.Root.StructTreeRoot.ParentTree.Nums[3].__setitem__(1, find(file, "H1")), [2]),
        (lambda file: file.Root.StructTreeRoot.ParentTree.Nums[3].__setitem__(1, 5), []),
        (lambda file: file.Root.StructTreeRoot.ParentTree.Nums.__setitem__(3, 5), [2]),
        (lambda file: find(file, "H2").__setitem__("/K", Dictionary(Type=Name.MCR, MCID=0)), []),
        (lambda file: find(file, "H2").__setitem__("/K", Dictionary(Type=Name.MCR, MCID=1)), [2]),
        (lambda file: find(file, "H2").__setitem__("/K", String("x")), [2]),
    ],
)
def test_the_parent_tree_leads_to_the_element_of_each_text(
    change: Callable[[pikepdf.Pdf], object], pages: list[int]
) -> None:
    with pikepdf.open(io.BytesIO(tiny(change))) as file:
        assert list(false_parents(file)) == pages
