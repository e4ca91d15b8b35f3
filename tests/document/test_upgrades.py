"""An error after an upgrade of Masthead, while it runs, says what to do."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from masthead.document import MastheadError, upgrades


def test_a_file_that_was_written_since_the_process_began_is_an_upgrade(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    module = tmp_path / "room" / "module.py"
    module.write_text("")
    now = time.time()
    os.utime(module, (now - 100, now - 100))
    assert not upgrades.happened(tmp_path, since=now - 50)
    (tmp_path / "room" / "notes.txt").write_text("")  # no code
    assert not upgrades.happened(tmp_path, since=now - 50)
    os.utime(module, (now, now))
    assert upgrades.happened(tmp_path, since=now - 50)
    assert not upgrades.happened(tmp_path, since=module.stat().st_mtime)  # it was there when the process began


def test_an_unexpected_error_after_an_upgrade_asks_for_a_new_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrades, "happened", lambda: False)
    assert MastheadError.unexpected(AttributeError("x")).hint.startswith("report it")
    monkeypatch.setattr(upgrades, "happened", lambda: True)
    assert MastheadError.unexpected(AttributeError("x")).hint == upgrades.HINT
