"""A short day in a section at the desk; `benchmarks/desk.py` has the long one."""

from __future__ import annotations

from pathlib import Path

import desk


def test_nothing_of_a_day_is_lost_and_everything_is_reported(tmp_path: Path) -> None:
    assert "12 documents: 7 made, 5 bad ones named, 2 revised, 1 approval undone" in desk.day(tmp_path, 12)
