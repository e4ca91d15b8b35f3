"""What a Word paragraph holds that is not carried, or not as it looks: once of a kind and paragraph."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document import Severity
from masthead.document.references import Doubt

_FIRST = 40  # characters of what is lost, in a finding
_CHANGE = "accept or reject the change in Word"
_LOST: Mapping[str, tuple[str, str, str]] = {
    "ins": ("word-change", "a tracked change puts in {}; it is read as accepted", _CHANGE),
    "moveTo": ("word-change", "a tracked change moves {} to here; it is read as accepted", _CHANGE),
    "del": ("word-change", "a tracked change takes out {}; it is left out", _CHANGE),
    "moveFrom": ("word-change", "a tracked change moves {} from here; it is left out", _CHANGE),
    "hidden": ("word-hidden", "hidden text is left out: {}", "show it, or take it out"),
    "object": ("word-object", "an embedded object is not carried", "put a picture or a table in its place"),
    "textbox": ("word-textbox", "a text box is not carried: {}", "put its text into the document itself"),
    "formula": ("word-formula", "a formula is read as its characters: {}", "put a picture in its place"),
    "drawing": (
        "word-drawing",
        "a chart or drawing is not carried",
        "put a picture that says what it shows in its place",
    ),
    "symbol": ("word-symbol", "a sign of the font {} is not carried", "type the character itself"),
    "rt": ("word-ruby", "what stands above characters is left out: {}", "put it behind them, in parentheses"),
    "unknown": ("word-unknown", "what Word calls {} is not carried", "write it as text"),
    "strike": ("word-look", "text that is struck out is read as text: {}", "take it out"),
    "dstrike": ("word-look", "text that is struck out is read as text: {}", "take it out"),
    "subscript": ("sign-raised", "a lowered sign is read as a plain one: {}", "type the lowered character: ₂"),
}
_CHANGED: Mapping[str, tuple[str, str, str]] = {
    "br": ("word-break", "lines are joined: {}", "make them paragraphs, where they must stand apart"),
    "outline": ("word-style", "a paragraph of Word's outline is read as a heading: {}", "give it the style of one"),
    "call": ("word-call", "the raised number {} is read as a call of that note", "put in a cross-reference instead"),
    "comment": ("word-comment", "a comment is not carried", "answer and remove it in Word"),
    "field": ("word-field", "the field {} is read as it stood last", "update it in Word before"),
    "u": ("word-look", "underlined text is read as text: {}", "emphasis is bold or italic"),
    "caps": ("word-look", "text that Word shows in capitals is read as it was typed: {}", "type capitals"),
    "smallCaps": ("word-look", "text that Word shows in small capitals is read as it was typed: {}", "type capitals"),
}


class Losses:
    """What is lost, by kind: the names of WordprocessingML where it has one."""

    def __init__(self) -> None:
        self.doubts: dict[str, Doubt] = {}

    def tell(self, what: str, text: str = "") -> None:
        """Note a loss; `text` is what is lost."""
        rule, message, hint = _LOST.get(what) or _CHANGED[what]
        text = " ".join(text.split())
        shown = f"“{text[:_FIRST]}{'…' * (len(text) > _FIRST)}”"
        severity = Severity.WARNING if what in _LOST else Severity.NOTE
        self.doubts.setdefault(what, Doubt(rule, message.format(shown), hint, severity))
