"""The text of the nodes of a Markdown body, and where in the source they are."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import model
from masthead.document.references import Context
from masthead.formats.markdown.commonmark import parse_spans
from masthead.formats.markdown.notes import MarkdownNotes
from masthead.formats.markdown.span_reader import MarkdownSpanReader
from masthead.formats.markdown.syntax import EMPTY, read_label, read_printed_mark
from masthead.formats.record import Record


class NodeReader:
    """Reads the text of the nodes of one source. `notes` gets the notes that are written where they are called."""

    def __init__(self, context: Context, record: Record, notes: MarkdownNotes) -> None:
        self.context, self.record, self.notes = context, record, notes
        self._first_line, self._lines = 1, [""]

    def begin(self, text: str, first_line: int) -> None:
        """Say which body the nodes are of, and on which line of the source it begins."""
        self._first_line, self._lines = first_line, text.split("\n")

    def line(self, node: SyntaxTreeNode) -> int:
        """Return the line of the source on which a node begins."""
        return self._first_line + (node.map[0] if node.map else 0)

    def source(self, line: int) -> Sequence[str]:
        """Return the lines of the body from this line of the source on."""
        return self._lines[line - self._first_line :]

    def inline(self, tokens: list[Token], line: int, *, in_note: bool = False) -> model.Content:
        """Return the content of inline tokens that begin on `line`."""
        return MarkdownSpanReader(line, self.context, self.record, self._read_note, in_note=in_note).read(tokens)

    def text(self, text: str, line: int) -> model.Content:
        """Return the content of a text that begins on `line`."""
        return self.inline(parse_spans(text), line)

    def content(self, node: SyntaxTreeNode, *, in_note: bool = False) -> model.Content:
        """Return the inline content of a paragraph or a heading."""
        return self.inline(node.children[0].meta["spans"], self.line(node), in_note=in_note)

    def marked_content(self, node: SyntaxTreeNode, *, in_note: bool = False) -> tuple[str, str | None, model.Content]:
        """Return the label of a paragraph, the printed mark that begins it, None if there is none, and its content."""
        mark, text = read_printed_mark(node.children[0].content)
        name, text = read_label(text)
        if text == EMPTY:
            return name, mark, ()
        is_plain = mark is None and not name
        tokens = node.children[0].meta["spans"] if is_plain else parse_spans(text)
        return name, mark, self.inline(tokens, self.line(node), in_note=in_note)

    def _read_note(self, text: str, line: int) -> model.NoteCall | model.TableNoteCall:
        """Read a note that is written where it is called. In a cell it is a note of the table."""
        return self.notes.read(line, lambda: self.text(text, line))
