"""Organizations: all errors of a file with their lines and hints, or all that it says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import cases
from houses import LEAST
from masthead.document import OrderError, Organization
from masthead.document import organizations as rooms

TABLE = Path(__file__).with_name("organization_cases.txt")
_SAID = ("name", "symbol", "symbol_example", "job", "job_example", "address", "sites", "sheets", "paper", "mandatory",
         "exempt", "languages", "organs")  # fmt: skip


def outcome(written: str) -> list[str]:
    """The errors of the changed file, or what differs then from the smallest organization."""
    if written.startswith("+ "):
        text = f"{LEAST}{cases.meant(written[2:])}\n"
    else:
        old, new = cases.meant(written).split(" ⇒ ")
        assert old in LEAST
        text = LEAST.replace(old, new, 1)
    with TemporaryDirectory() as folder:
        try:
            least, changed = (_loaded(Path(folder), each) for each in (LEAST, text))
        except OrderError as error:
            return [
                cases.shown(f"{each.where.rpartition(':')[2]}: {each.message}" + f" ({each.hint})" * bool(each.hint))
                for each in error.each
            ]
    lines = [
        f"{name}: {_plain(getattr(changed, name))}" for name in _SAID if getattr(changed, name) != getattr(least, name)
    ]
    types = {name: each for name, each in changed.types.items() if least.types.get(name) != each}
    if changed.types.keys() != least.types.keys() or types:
        lines.append(f"types: {', '.join(changed.types)}; {_plain(types)}")
    return lines


def _loaded(folder: Path, text: str) -> Organization:
    (folder / rooms.NAME).write_text(text, "utf-8")
    return Organization.load(folder)


def _plain(value: object) -> str:
    return str({**value} if hasattr(value, "items") else value)  # type: ignore[dict-item]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_an_organization_says_this_or_has_these_errors(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


def test_the_least_organization_says_what_follows_from_its_file(tmp_path: Path) -> None:
    least = _loaded(tmp_path, LEAST)
    assert {name: getattr(least, name) for name in _SAID[:10]} == {
        "name": "the City",
        "symbol": "",
        "symbol_example": "CC/2049/1",
        "job": "",
        "job_example": "",
        "address": "https://city.example/{symbol}",
        "sites": ("city.example",),
        "sheets": (),
        "paper": "A4",
        "mandatory": ("distribution", "date"),
    }
    assert least.types == rooms.bundled().types
    assert (least.is_bundled, least.folder, least.where) == (False, tmp_path, str(tmp_path / rooms.NAME))
    assert (rooms.bundled().is_bundled, rooms.bundled().where) == (True, rooms.NAME)
    assert least.place("organs", "council", "series") == f"{tmp_path / rooms.NAME}:7"
    assert rooms.bundled().mandatory == rooms.FRONT_KEYS


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
