"""Trees of a file that lead back to themselves, followed by qpdf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pikepdf

from masthead.pdf.content.resources import dictionary

Below = Callable[[pikepdf.Dictionary], Iterable[Any]]
"""A node of a tree → the nodes to follow from it."""


def loops(file: pikepdf.Pdf) -> Iterator[str]:
    """Yield in words which trees loop: bookmarks, name trees, number trees, roles (ISO 32000-1, 7.9, 12.3.3, 14.7.3).

    A reader that follows such a tree never ends, or misses a part of it.
    """
    root, structure = file.Root, dictionary(file.Root.get("/StructTreeRoot"))
    if _returns(root.get("/Outlines"), lambda item: [item.get("/First"), item.get("/Next")]):
        yield "the bookmarks lead back to themselves"
    names = dictionary(root.get("/Names"))
    trees = {f"names {key}": tree for key, tree in names.items()}
    trees |= {"page labels": root.get("/PageLabels"), "structure's parents": structure.get("/ParentTree")}
    for name, tree in trees.items():
        if _returns(tree, lambda node: node.get_list("/Kids", ())):
            yield f"the tree of the {name} leads back to itself"
    if _is_circular({kind: str(role) for kind, role in dictionary(structure.get("/RoleMap")).items()}):
        yield "the roles of the structure lead back to themselves"


def _returns(top: Any, below: Below) -> bool:
    """Whether a node is met twice on the way through a tree."""
    met: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            if node.is_indirect:
                if node.objgen in met:
                    return True
                met.add(node.objgen)
            waiting += below(node)
    return False


def _is_circular(roles: dict[str, str]) -> bool:
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
