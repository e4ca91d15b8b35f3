"""What in a file should be a tree and leads back to itself: a reader that follows it comes to no end, or to less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pypdf.errors import PyPdfError

from masthead.pdf.content.resources import dictionary

# Damage shows as any of these, deep inside the reader.
DAMAGE = (pikepdf.PdfError, PyPdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError)

Below = Callable[[pikepdf.Dictionary], list[Any]]


def loops(file: pikepdf.Pdf) -> Iterator[str]:
    """Say of bookmarks, name trees, number trees and roles (ISO 32000-1, 12.3.3, 7.9.6, 7.9.7, 14.7.3) which do."""
    root, structure = file.Root, dictionary(file.Root.get("/StructTreeRoot"))
    if _returns(root.get("/Outlines"), _items):
        yield "the bookmarks lead back to themselves"
    names = dictionary(root.get("/Names"))
    trees = {f"names {key}": tree for key, tree in names.items()}
    trees |= {"page labels": root.get("/PageLabels"), "structure's parents": structure.get("/ParentTree")}
    for name, tree in trees.items():
        if _returns(tree, _kids):
            yield f"the tree of the {name} leads back to itself"
    if _circular({kind: str(role) for kind, role in dictionary(structure.get("/RoleMap")).items()}):
        yield "the roles of the structure lead back to themselves"


def _returns(top: Any, below: Below) -> bool:
    """Whether a node is met twice on the way through a tree."""
    met: set[tuple[int, int]] = set()
    left = [top]
    while left:
        node = left.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if node.is_indirect:
            if node.objgen in met:
                return True
            met.add(node.objgen)
        left += below(node)
    return False


def _items(node: pikepdf.Dictionary) -> list[Any]:
    """The first bookmark below one, and the next beside it."""
    return [node.get("/First"), node.get("/Next")]


def _kids(node: pikepdf.Dictionary) -> list[Any]:
    kids = node.get("/Kids")
    return list(kids) if isinstance(kids, pikepdf.Array) else []


def _circular(roles: dict[str, str]) -> bool:
    """Whether a role is mapped to itself by way of another."""
    known: set[str] = set()
    for role in roles:
        path: set[str] = set()
        while role in roles and role not in known and roles[role] != role:
            known.add(role)
            path.add(role)
            role = roles[role]
        if role in path:
            return True
    return False
