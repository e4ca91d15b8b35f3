"""The notes of two Word files as those of one with tracked changes."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from masthead.formats.word.xml import child, local, qn, w

_Merge = Callable[[Any, Any], None]
_Strike = Callable[[Any, str], None]


def merge_notes(old: Any, new: Any, document: Any, merge: _Merge, strike: _Strike) -> Any:
    """Return the notes of both files. A note that is called both in deleted and in other text becomes two.

    `merge` puts the content of the second note into the first, `strike` marks a paragraph as deleted or inserted.
    """
    ours, theirs = ({each.get(qn("w:id")): each for each in root} for root in (old, new))
    deleted, kept = [], set()
    inserted = set()
    for call in document.iter(qn("w:footnoteReference")):
        around = {local(each) for each in call.iterancestors()}
        if around & {"del", "moveFrom"}:
            deleted.append(call)
        elif around & {"ins", "moveTo"}:
            inserted.add(call.get(qn("w:id")))
        else:
            kept.add(call.get(qn("w:id")))
    root = w("footnotes", *(deepcopy(each) for each in new if each.get(qn("w:type"))))
    fresh = max((int(key) for key in (*ours, *theirs)), default=0)
    twins: dict[str, str] = {}
    for call in deleted:
        key = call.get(qn("w:id"))
        if key in kept or key in inserted:
            if key not in twins:
                fresh += 1
                twins[key] = str(fresh)
            call.set(qn("w:id"), twins[key])
    separators = {each.get(qn("w:id")) for each in new if each.get(qn("w:type"))}
    for key in sorted((ours.keys() | theirs.keys()) - separators, key=int):
        if key in kept and key in ours and key in theirs:
            both = deepcopy(theirs[key])
            merge(both, ours[key])
            root.append(both)
            continue
        if key in theirs:
            root.append(_whole(theirs[key], "ins" if key in inserted else "", strike))
        if key in ours and (key in twins or key not in theirs):
            gone = _whole(ours[key], "del", strike)
            gone.set(qn("w:id"), twins.get(key, key))
            root.append(gone)
    _number(root, document)
    return root


def _number(notes: Any, document: Any) -> None:
    """Number the notes in the order of their calls: LibreOffice finds the next one by its number."""
    calls = list(document.iter(qn("w:footnoteReference")))
    numbers = {key: str(at) for at, key in enumerate(dict.fromkeys(call.get(qn("w:id")) for call in calls), 1)}
    for each in (
        *calls,
        *(note for note in notes if note.get(qn("w:id")) in numbers and not note.get(qn("w:type"))),
    ):
        each.set(qn("w:id"), numbers[each.get(qn("w:id"))])


def _whole(note: Any, change: str, strike: _Strike) -> Any:
    made = deepcopy(note)
    for paragraph in list(made.iter(qn("w:p"))) if change else ():
        strike(paragraph, change)
        marks = child(child(paragraph, "w:pPr"), "w:rPr")
        for mark in list(marks) if marks is not None and paragraph is made[-1] else ():
            if local(mark) in ("ins", "del"):
                marks.remove(mark)
    return made
