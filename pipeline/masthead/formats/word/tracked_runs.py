"""A paragraph of a Word file as words and other elements, so that two paragraphs can be compared and merged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from masthead.formats.word.xml import child, local, qn, signature
from masthead.redline import DiffStretch, as_compared, stretches, words

PARAGRAPH_END = "¶"
_OBJECT = "\ufffc"  # the text of what a run holds beside text


class RelationTargets(NamedTuple):
    """What the relations of both files lead to, by their keys: addresses of links, and pictures with their types."""

    links: Mapping[str, str]
    pictures: Mapping[str, tuple[bytes, str]]


@dataclass(slots=True)
class RunAtom:
    """A word of a run, or an element in it or beside it that is kept whole. `key` is what makes two of them equal.

    `link` is the hyperlink around it, which is no part of the text.
    """

    key: Any
    text: str = ""
    look: Any = None  # the properties of its run
    element: Any = None  # what is kept whole: the content of a run, or an element beside runs
    beside: bool = False
    link: Any = None
    before: list[Any] = field(default_factory=list)  # bookmarks
    after: list[Any] = field(default_factory=list)


def atoms_of(paragraph: Any, targets: RelationTargets) -> list[RunAtom]:
    """Return the atoms of a paragraph. Bookmarks belong to the atom after or before them."""
    found: list[RunAtom] = []
    waiting: list[Any] = []
    for each in paragraph:
        match local(each):
            case "pPr":
                continue
            case "bookmarkStart":
                waiting.append(each)
            case "bookmarkEnd":
                (found[-1].after if found and not waiting and not is_linked(found[-1]) else waiting).append(each)
            case "r":
                look = child(each, "w:rPr")
                made = list(_run_atoms(each, look, targets))
                if made:
                    made[0].before, waiting = waiting, []
                found += made
            case "hyperlink" if not waiting and {local(inner) for inner in each} == {"r"}:
                for atom in (atom for run in each for atom in _run_atoms(run, child(run, "w:rPr"), targets)):
                    atom.link = each
                    found.append(atom)
            case _:
                found.append(whole_atom(each, targets))
                found[-1].before, waiting = waiting, []
    if waiting:
        if found:
            found[-1].after += waiting
        else:
            found.append(RunAtom(("bookmarks",), element=[], before=waiting))
    return found


def whole_atom(element: Any, targets: RelationTargets) -> RunAtom:
    """Return an element beside runs as an atom."""
    key = local(element), _resolved(element, targets)
    return RunAtom(key, "".join(element.itertext(qn("w:t"))), None, element, True)


def planned_paragraphs(
    before: Sequence[RunAtom], after: Sequence[RunAtom], found: Iterable[DiffStretch]
) -> Iterator[tuple[list[tuple[str, RunAtom, Any]], str]]:
    """Yield the content of each paragraph of both, and how its mark is tracked: deleted, inserted or not."""
    content: list[tuple[str, RunAtom, Any]] = []
    for each in found:
        if each.equal:
            pairs = zip(before[each.start : each.end], after[each.new_start : each.new_end], strict=True)
            content += (
                ("", other, one.look if is_linked(one) is is_linked(other) else other.look) for one, other in pairs
            )
            continue
        for change, atoms in (("del", before[each.start : each.end]), ("ins", after[each.new_start : each.new_end])):
            for atom in atoms:
                if atom.key == PARAGRAPH_END:
                    yield content, change
                    content = []
                else:
                    content.append((change, atom, None))
    yield content, ""


def calls_note(atom: RunAtom) -> bool:
    """Return whether an atom is the call of a note."""
    return atom.text == _OBJECT and any(local(each) == "footnoteReference" for each in atom.element)


def atom_stretches(before: Sequence[RunAtom], after: Sequence[RunAtom]) -> list[DiffStretch]:
    """Return what the atoms of two paragraphs share and what differs, in order."""
    keys = [atom.key for atom in before], [atom.key for atom in after]
    if keys[0] == keys[1]:
        return [DiffStretch(True, 0, len(before), 0, len(after))]
    return stretches(*keys, [atom.text for atom in before])


def is_linked(atom: RunAtom) -> bool:
    """Return whether an atom is in a hyperlink."""
    return atom.link is not None


def broken_links(before: Sequence[RunAtom], after: Sequence[RunAtom], found: Iterable[DiffStretch]) -> list[Any]:
    """Return the links of which only a part changed. A file cannot say that, so they change as a whole."""
    places: list[tuple[Any, DiffStretch]] = [
        (atom.link, each)
        for each in found
        for atom in (*before[each.start : each.end], *after[each.new_start : each.new_end])
        if is_linked(atom)
    ]
    return [link for link, each in dict(places).items() if any(link is one and at != each for one, at in places)]


def with_whole_links(atoms: Iterable[RunAtom], links: Sequence[Any], targets: RelationTargets) -> Iterator[RunAtom]:
    """Yield atoms, each of these links as one atom."""
    for link, group in groupby(atoms, lambda atom: atom.link):
        yield from [whole_atom(link, targets)] if link in links else group


def around(link: Any, runs: Iterable[Any]) -> Any:
    """Return runs in a hyperlink."""
    made = deepcopy(link)
    made[:] = list(runs)
    return made


def _run_atoms(run: Any, look: Any, targets: RelationTargets) -> Iterator[RunAtom]:
    content = [each for each in run if local(each) != "rPr"]
    if any(local(each) not in ("t", "tab", "br") for each in content):
        key = tuple(_resolved(each, targets) for each in content)
        yield RunAtom(key, _OBJECT, look, content)
        return
    for each in content:
        if local(each) == "t":
            yield from (RunAtom(as_compared(word), word, look) for word in words(each.text or ""))
        else:
            yield RunAtom((local(each), tuple(each.attrib.items())), " ", look, [each])


def _resolved(element: Any, targets: RelationTargets) -> Any:
    """Return the signature of an element in which relations are what they lead to, and numbers of pictures nothing."""
    made = deepcopy(element)
    for each in made.iter():
        for name, key in list(each.attrib.items()):
            if name.startswith(qn("r:")):
                data = targets.pictures[key][0] if key in targets.pictures else targets.links.get(key, key).encode()
                each.set(name, hashlib.sha256(data).hexdigest())
        if local(each) in ("docPr", "cNvPr"):
            each.attrib.pop("id", None)
            each.set("name", str(each.get("name", "")).partition(" ")[0])
        if local(each) == "instrText" or local(each) == "fldSimple":
            each.attrib.pop(qn("w:instr"), None)
    return signature(made)
