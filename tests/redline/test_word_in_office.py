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
def test_paragraphs_with_notes_are_merged_and_split_so_that_libreoffice_agrees() -> None:
    """It loses the tracked mark of a paragraph that calls a note (25.2), unless the whole paragraph is tracked."""
    whole = formats.read(SPECIMENS / "A_RES_104_12.en.md")
    at = next(at for at, block in enumerate(whole.body) if any(isinstance(each, NoteCall) for each in block.content))
    first = replace(whole.body[at], content=(Text("One,"), NoteCall(1)))
    parted = replace(
        whole, body=(first, replace(first, content=(Text("two."),)), *whole.body[-2:]), notes=whole.notes[:1]
    )
    joined = replace(parted, body=(replace(first, content=(*first.content, Text(" two."))), *whole.body[-2:]))
    files = {"parted": formats.render(parted, ".docx"), "joined": formats.render(joined, ".docx")}
    for name, old, new in (("merged", parted, joined), ("split", joined, parted)):
        tracked = write_tracked(redline(old, new), Revisor("A", datetime(2049, 8, 29, tzinfo=UTC)))
        assert formats.parse(resolve_changes(tracked, Changes.ACCEPT, "x.docx"), "x.docx").body == new.body
        assert formats.parse(resolve_changes(tracked, Changes.REJECT, "x.docx"), "x.docx").body == old.body
        files |= {f"accept-{name}": tracked, f"reject-{name}": tracked}
    texts = office.texts(files)
    assert texts["accept-merged"] == texts["reject-split"] == texts["joined"]
    assert texts["accept-split"] == texts["reject-merged"] == texts["parted"]
