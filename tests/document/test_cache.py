"""The cache returns what was stored, and nothing that is damaged or that others could have written."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from masthead.document import TEMPLATES, toml
from masthead.document import cache as kept
from masthead.document.assets import FONTS


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "masthead"


@pytest.mark.usefixtures("cache")
def test_what_is_kept_is_found_as_it_was() -> None:
    assert kept.read("some/thing") is None
    kept.write("some/thing", b"one\ntwo")
    assert kept.read("some/thing") == b"one\ntwo"
    kept.write("some/thing", b"three")
    assert kept.read("some/thing") == b"three"


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-1], lambda data: data.replace(b"t", b"T", 1)])
def test_what_is_damaged_is_not_there(cache: Path, harm: Callable[[bytes], bytes]) -> None:
    kept.write("thing", b"one\ntwo")
    (cache / "thing").write_bytes(harm((cache / "thing").read_bytes()))
    assert kept.read("thing") is None


@pytest.mark.skipif(os.name == "nt", reason="rights are the folder's")
def test_what_others_could_have_written_is_not_there(cache: Path) -> None:
    kept.write("thing", b"one")
    (cache / "thing").chmod(0o664)
    assert kept.read("thing") is None


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    kept.write("thing", b"one")
    assert kept.read("thing") is None


def test_what_was_written_longest_ago_is_removed_first(cache: Path) -> None:
    for number in range(4):
        kept.write(f"things/{number}", b"x" * 100)
        os.utime(cache / "things" / str(number), (number, number))
    size = (cache / "things" / "0").stat().st_size
    kept.trim("things", 4 * size)
    assert len(list((cache / "things").iterdir())) == 4
    kept.trim("things", 3 * size - 1)
    assert sorted(path.name for path in (cache / "things").iterdir()) == ["2", "3"]
    kept.trim("nothing", 0)


@pytest.mark.usefixtures("cache")
def test_what_was_computed_is_not_computed_again_from_the_same() -> None:
    asked: list[str] = []

    def compute(key: str) -> dict[str, list[object]]:
        return kept.computed("kind", key, lambda: {key: [asked.append(key), "ٱ", 0.1]})

    first = compute("one")
    assert first == {"one": [None, "ٱ", 0.1]} == compute("one")
    assert compute("two") == {"two": [None, "ٱ", 0.1]} == compute("two")
    assert asked == ["one", "two"]


@pytest.mark.usefixtures("cache")
def test_toml_is_parsed_once_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text("utf-8") for path in (*TEMPLATES.rglob("*.toml"), *FONTS.glob("*.toml"))]
    texts.append("numbers = [1, -0.5, inf, 123456789012345678901234567890]\n'a.b' = {c = true}\n")
    parsed = [tomllib.loads(text) for text in texts]
    assert [toml.loads(text) for text in texts] == parsed
    with monkeypatch.context() as patch:
        patch.setattr(tomllib, "loads", lambda text: pytest.fail("parsed again"))
        assert [toml.loads(text) for text in texts] == parsed


@pytest.mark.usefixtures("cache")
def test_dates_and_errors_in_toml_are_those_of_python() -> None:
    for _ in range(2):
        assert toml.loads("day = 2049-12-01") == tomllib.loads("day = 2049-12-01")
        with pytest.raises(tomllib.TOMLDecodeError, match="line 2"):
            toml.loads("a = 1\nb\n")
