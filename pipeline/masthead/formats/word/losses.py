"""What is left out of a Word paragraph, or read differently from what it looks like, as findings."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document import Severity
from masthead.document.references import Doubt

_SHOWN = 40  # characters of the lost text in a finding
_CHANGE = "accept or reject the change in Word"
_STRUCK = ("word-look", "struck-out text is read as text: {}", "remove it")
# By the name of the element of WordprocessingML, where there is one: rule, message, hint.
_ERRORS: Mapping[str, tuple[str, str, str]] = {
    "object": ("word-object", "an embedded object is left out: {}", "put a picture or a table in its place"),
    "drawing": ("word-drawing", "a chart or drawing is left out", "put a picture that shows the same in its place"),
    "chunk": (
        "word-embedded",
        "a document in the file is left out: {}",
        "open the file in Word and save it, to merge it",
    ),
}
_WARNINGS: Mapping[str, tuple[str, str, str]] = {
    "ins": ("word-change", "a tracked change inserts {}; it is read as accepted", _CHANGE),
    "moveTo": ("word-change", "a tracked change moves {} to this place; it is read as accepted", _CHANGE),
    "del": ("word-change", "a tracked change deletes {}; it is left out", _CHANGE),
    "moveFrom": ("word-change", "a tracked change moves {} away from this place; it is left out", _CHANGE),
    "hidden": ("word-hidden", "hidden text is left out: {}", "show it, or remove it"),
    "textbox": (
        "word-textbox",
        "a text box is read as a box of text: {}",
        "compare it with its page",
    ),
    "diagram": ("word-diagram", "a diagram is read as the texts in it: {}", "put a picture of it in its place"),
    "smartart": ("word-diagram", "a diagram is drawn again from its shapes: {}", "compare it with its page"),
    "formula": ("word-formula", "a formula is read as its characters: {}", "put a picture in its place"),
    "wordart": ("word-drawing", "letters in a drawing are left out: {}", "type them as text"),
    "fieldless": ("word-field", "a field without a result is left out: {}", "update it in Word, or type what it shows"),
    "markins": ("word-change", "a tracked change ends a paragraph after {}; it is read as accepted", _CHANGE),
    "markdel": ("word-change", "a tracked change joins {} to the next paragraph; it is read as accepted", _CHANGE),
    "properties": ("word-change", "a tracked change alters the properties of {}; it is read as accepted", _CHANGE),
    "shapes": ("word-shapes", "shapes are drawn as one picture: {}", "compare it with its page"),
    "margin": ("word-shapes", "text in the margin is left out: {}", "running heads and folios are made for each page"),
    "rowdel": ("word-change", "a tracked change deletes a row of a table; it is left out: {}", _CHANGE),
    "celldel": ("word-change", "a tracked change deletes a cell of a table; its text is left out: {}", _CHANGE),
    "cellins": ("word-change", "a tracked change inserts a cell of a table; it is read as accepted: {}", _CHANGE),
    "cellmerge": ("word-change", "a tracked change merges or splits a cell; it is read as accepted: {}", _CHANGE),
    "rowins": ("word-change", "a tracked change inserts a row of a table; it is read as accepted: {}", _CHANGE),
    "chart": ("word-drawing", "a part of a chart is left out: {}", "put a picture that shows the same in its place"),
    "symbol": ("word-symbol", "a character of the font {} is left out", "type the character itself"),
    "rt": ("word-ruby", "text above characters is left out: {}", "put it after them, in parentheses"),
    "unknown": ("word-unknown", "the Word element {} is left out", "write it as text"),
    "strike": _STRUCK,
    "dstrike": _STRUCK,
}
_NOTES: Mapping[str, tuple[str, str, str]] = {
    "merged": ("word-embedded", "a document in the file is read where Word merges it: {}", "compare it with its page"),
    "outline": ("word-style", "a paragraph with an outline level is read as a heading: {}", "give it a heading style"),
    "call": ("word-call", "the superscript {} is read as a call to that note", "insert a cross-reference instead"),
    "comment": ("word-comment", "a comment is left out", "answer and remove it in Word"),
    "field": ("word-field", "the field {} is read with its last result", "update it in Word first"),
    "u": ("word-look", "underlined text is read as text: {}", "use bold or italic for emphasis"),
    "caps": ("word-look", "text that Word shows in capitals is read as typed: {}", "type capitals"),
    "smallCaps": ("word-look", "text that Word shows in small capitals is read as typed: {}", "type capitals"),
}


_KINDS = {Severity.ERROR: _ERRORS, Severity.WARNING: _WARNINGS, Severity.NOTE: _NOTES}


class Losses:
    """The losses of one paragraph. Each kind is noted once; `doubts` are the findings about them."""

    def __init__(self) -> None:
        self.doubts: dict[str, Doubt] = {}

    def add(self, kind: str, text: str = "") -> None:
        """Record a loss of this kind; `text` is the lost text."""
        severity, (rule, message, hint) = next(
            (severity, kinds[kind]) for severity, kinds in _KINDS.items() if kind in kinds
        )
        text = " ".join(text.split())
        shown = f"“{text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}”"
        self.doubts.setdefault(kind, Doubt(rule, message.format(shown), hint, severity))
