"""What a paragraph with tracked changes holds: runs, those that changed inside `ins` or `del`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Any

from masthead.formats.word.change_marks import ChangeMarks
from masthead.formats.word.tracked_runs import RunAtom, around
from masthead.formats.word.xml import XML_SPACE, duplicate, local, qn, signature, text, w


class TrackedContent:
    """Makes the content of paragraphs from the atoms of their runs."""

    def __init__(self, marks: ChangeMarks) -> None:
        self._marks = marks

    def of_one(self, atoms: Sequence[RunAtom], change: str) -> list[Any]:
        """Return the elements of a paragraph whose whole text was deleted or inserted."""
        return list(self.elements([(change, atom, None) for atom in atoms]))

    def elements(self, atoms: Sequence[tuple[str, RunAtom, Any]]) -> Iterator[Any]:
        """Yield the elements of a paragraph: runs, those that changed inside `ins` or `del`."""
        for change, group in groupby(atoms, lambda each: each[0]):
            runs: list[Any] = []
            for link, linked in groupby(group, lambda each: each[1].link):
                inner: list[Any] = []
                for (_, _, old), same in groupby(
                    ((atom, signature(old)) for _, atom, old in linked),
                    lambda each: (each[0].beside, signature(each[0].look), each[1]),
                ):
                    inner += self._runs([atom for atom, _ in same], change, old)
                runs += inner if link is None else [around(link, inner)]
            yield from self._wrapped(runs, change)

    def _runs(self, atoms: Sequence[RunAtom], change: str, old: Any) -> Iterator[Any]:
        """Yield the runs of atoms that look alike. `old` is the signature of the look that kept ones had."""
        made: Any = None
        for atom in atoms:
            yield from atom.before if change not in ("del", "moveFrom") else ()
            if atom.before or atom.beside:
                made = None
            if atom.beside:
                yield deepcopy(atom.element)
            else:
                if made is None:
                    look = duplicate(atom.look) if change else self._marks.run_look(atom.look, old)
                    made = w("r", look)
                    yield made
                if atom.element is None:
                    last = made[-1] if len(made) else None
                    if last is not None and local(last) == "t":
                        last.text += atom.text
                    else:
                        made.append(text(atom.text))
                else:
                    made.extend(map(deepcopy, atom.element))
            if atom.after and change not in ("del", "moveFrom"):
                yield from atom.after
                made = None

    def _wrapped(self, run: Sequence[Any], change: str) -> Iterator[Any]:
        """Yield elements of a paragraph as tracked. Bookmarks and what links hold runs stay outside the marks."""
        if not change:
            yield from run
            return
        for kind, group in groupby(
            run,
            lambda each: (
                local(each) if local(each) in ("hyperlink", "fldSimple", "bookmarkStart", "bookmarkEnd") else "r"
            ),
        ):
            if kind in ("bookmarkStart", "bookmarkEnd"):
                yield from group
            elif kind == "hyperlink":
                for link in group:
                    inner = self._marks.tracked(change, *list(link))
                    link.append(inner)
                    yield _deleted(link) if change in ("del", "moveFrom") else link
            elif kind == "fldSimple":
                pieces = [piece for each in group for piece in _complex_field(each)]
                inner = self._marks.tracked(change, *pieces)
                yield _deleted(inner) if change in ("del", "moveFrom") else inner
            else:
                inner = self._marks.tracked(change, *group)
                yield _deleted(inner) if change in ("del", "moveFrom") else inner


def _deleted(element: Any) -> Any:
    """Return an element with its text as deleted text."""
    for each in list(element.iter(qn("w:t"), qn("w:instrText"))):
        each.tag = qn("w:delText" if local(each) == "t" else "w:delInstrText")
        each.set(XML_SPACE, "preserve")
    return element


def _complex_field(simple: Any) -> Iterator[Any]:
    """Yield the runs of a field, which unlike a simple field can be in a tracked change."""
    code = w("instrText")
    code.set(XML_SPACE, "preserve")
    code.text = simple.get(qn("w:instr"))
    for content in (w("fldChar", fldCharType="begin"), code, w("fldChar", fldCharType="separate")):
        yield w("r", content)
    yield from map(deepcopy, simple)
    yield w("r", w("fldChar", fldCharType="end"))
