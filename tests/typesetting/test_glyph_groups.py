"""How the glyphs of a run are grouped: letters with their marks, and a number as one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from masthead.typesetting.repairs import glyphgroups

ACUTE, FATHA = "\u0301", "\u064e"


def groups(text: str, *, rtl: bool = False, clusters: str = "", is_number: bool = False, **said: bool) -> list[str]:
    """The groups of a run whose glyphs show one character each, in the order of the line."""
    run: Any = SimpleNamespace(clusters=[*(clusters or range(len(text)))], texts=[*text], is_number=is_number)
    run.group = lambda first, end, is_rtl: text[first:end] if is_rtl is rtl else None
    return list(glyphgroups._groups(run, said.get("is_text", False), rtl, said.get("may_be_marked", True)))


@pytest.mark.parametrize(
    ("text", "rtl", "found"),
    [
        ("abc", False, ["a", "b", "c"]),
        (f"ab{ACUTE}c", False, ["a", f"b{ACUTE}", "c"]),  # a mark after its letter
        (f"ل{FATHA}ب", True, ["ل", f"{FATHA}ب"]),  # and before it, in a line from the right
        (f"{FATHA}ب", True, [f"{FATHA}ب"]),
        (f"a{ACUTE}{ACUTE}b", False, [f"a{ACUTE}{ACUTE}", "b"]),
        ("a", False, ["a"]),
        ("", False, []),
    ],
)
def test_letters_are_grouped_with_their_marks(text: str, rtl: bool, found: list[str]) -> None:
    assert groups(text, rtl=rtl) == found


def test_glyphs_of_one_cluster_are_one_group() -> None:
    assert groups("abcd", clusters="1223") == ["a", "bc", "d"]
    assert groups(f"a{ACUTE}b", clusters="112", may_be_marked=False) == [f"a{ACUTE}", "b"]
    assert groups(f"a{ACUTE}b", may_be_marked=False) == ["a", ACUTE, "b"]


def test_a_number_is_one_group_of_at_most_twenty_four_glyphs() -> None:
    assert groups("1,250", is_number=True) == ["1,250"] and groups("1,2") == ["1", ",", "2"]
    assert groups("1" * 24, is_number=True) == ["1" * 24]
    assert groups("1" * 25, is_number=True) == ["1"] * 25
    assert groups("12", is_number=True, is_text=True) == ["1", "2"]
