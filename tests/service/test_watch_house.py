"""A source that is written for another organization is shown with its letterhead, and again when that changes."""

import shutil
from pathlib import Path

import pytest

from masthead.document import Organization, TypesettingError
from masthead.service import watch
from masthead.service.watch import WatchState, next_state
from paths import ORGANIZATIONS, SPECIMENS

pytestmark = pytest.mark.slow


def test_a_change_of_the_letterhead_or_of_a_word_is_on_the_next_pages(tmp_path: Path) -> None:
    house = shutil.copytree(ORGANIZATIONS / "city-council", tmp_path / "city")
    source, states = house / "documents" / "notice.en.md", [WatchState()]

    def change(name: str, before: str, after: str) -> None:
        text = (house / name).read_text("utf-8")
        assert before in text
        (house / name).write_text(text.replace(before, after), "utf-8")

    with Organization.load(house).used():
        states.append(next_state(source, states[-1]))
        change("css/letterhead.css", "#2f5d3a", "#5d2f3a")
        states.append(next_state(source, states[-1]))
        change("locales/en.toml", "Circulation", "Readers")
        states.append(next_state(source, states[-1]))
        change("organization.toml", '"City Council"', '"Council of the City"')
        states.append(next_state(source, states[-1]))
        change("organization.toml", "[organs.", "[organ.")
        broken = next_state(source, states[-1])
    assert [state.errors for state in states] == [()] * 5
    assert len({state.pdf for state in states}) == 5
    assert broken.pdf == states[-1].pdf
    assert "organization.toml:" in broken.errors[0]["where"]
    assert "unknown key organ" in broken.errors[0]["message"]


def test_an_error_without_a_place_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: object) -> None:
        raise TypesettingError("the note does not fit")

    monkeypatch.setattr(watch, "publish", fail)
    source = SPECIMENS / "A_RES_104_12.fr.md"
    (error,) = next_state(source, WatchState()).errors
    assert error["where"] == str(source)
