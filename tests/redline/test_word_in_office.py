"""LibreOffice agrees about the tracked changes in our Word files."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import office
import revising
from masthead import formats
from masthead.formats import Revisor, write_tracked
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
