"""The labels by which sources and findings name notes: `1`, `**`, and `a` for a table's own note."""

from __future__ import annotations

from masthead.document import Note, NoteCall, TableNoteCall


def note_label(call: Note | NoteCall | TableNoteCall) -> str:
    """Return the label of a note or of the note that is called."""
    if isinstance(call, TableNoteCall):
        return chr(ord("a") + call.ordinal - 1)
    return "*" * call.number if call.asterisk else str(call.number)
