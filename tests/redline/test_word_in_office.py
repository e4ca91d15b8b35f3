"""LibreOffice agrees about the tracked changes in our Word files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import office
import revising
from masthead import formats
from masthead.document import NoteCall, Text
from masthead.formats import Changes, Revisor, resolve_changes, write_tracked
from masthead.redline import redline
from paths import SPECIMENS

NAMES = ("A_RES_104_12.ar.md", "A_RES_104_12.zh.md", "A_104_96.en.md")


@pytest.mark.slow
def test_libreoffice_accepts_and_rejects_what_we_track() -> None:
    files: dict[str, bytes] = {}
    for seed, name in enumerate(NAMES):
        pair = revising.revise(formats.read(SPECIMENS / name), seed, 4)
        tracked = write_tracked(redline(pair.old, pair.new), Revisor("A", datetime(2049, 8, 29, tzinfo=UTC)))
        files |= {f"accept-{seed}": tracked, f"reject-{seed}": tracked}
        files |= {f"new-{seed}": formats.render(pair.new, ".docx"), f"old-{seed}": formats.render(pair.old, ".docx")}
    texts = office.texts(files)
    for seed in range(len(NAMES)):
        assert texts[f"accept-{seed}"] == texts[f"new-{seed}"]
        assert texts[f"reject-{seed}"] == texts[f"old-{seed}"]


@pytest.mark.slow
def test_libreoffice_loses_the_tracked_mark_of_a_paragraph_with_a_note() -> None:
    """A fault of its import, 25.2: if this fails, it is mended, and docs/redline.md need not name it.

    Nothing that was tried in the paragraph helps: text, a bookmark, a field or a control after the call or around it,
    another author or date, an empty deletion.
    """
    whole = formats.read(SPECIMENS / "A_RES_104_12.en.md")
    at = next(at for at, block in enumerate(whole.body) if any(isinstance(each, NoteCall) for each in block.content))
    first = replace(whole.body[at], content=(Text("One,"), NoteCall(1)))
    parted = replace(
        whole, body=(first, replace(first, content=(Text("two."),)), *whole.body[-2:]), notes=whole.notes[:1]
    )
    joined = replace(parted, body=(replace(first, content=(*first.content, Text(" two."))), *whole.body[-2:]))
    tracked = write_tracked(redline(parted, joined), Revisor("A", datetime(2049, 8, 29, tzinfo=UTC)))
    assert formats.parse(resolve_changes(tracked, Changes.ACCEPT, "x.docx"), "x.docx").body == joined.body
    texts = office.texts({"accept-x": tracked})["accept-x"]
    assert "One,two." not in texts
    assert {"One,", "two."} <= set(texts)
