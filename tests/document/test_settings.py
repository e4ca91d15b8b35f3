"""`masthead.toml` is found in the nearest folder upwards; unknown keys are errors; paths are relative to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.document import settings
from masthead.document.errors import OrderError


def test_the_nearest_file_upwards_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / settings.NAME).write_text("")
    assert settings.find(deep) == tmp_path / settings.NAME


def test_paths_are_relative_to_the_folder_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / settings.NAME
    files = 'output = "made"\nemblem = "art/own.svg"\norganization = "house"\npictures = ["art"]\n'
    path.write_text(f'sources = ["docs/*.md"]\nvariants = ["plain"]\njobs = 2\n{files}')
    said = settings.read(path)
    assert (str(said["emblem"]), str(said["organization"])) == (str(tmp_path / "art/own.svg"), str(tmp_path / "house"))
    assert [*map(str, said["pictures"])] == [str(tmp_path / "art")]
    assert said["sources"] == (str(tmp_path / "docs" / "*.md"),)
    assert said["output"] == str(tmp_path / "made")
    assert said["variants"] == ("plain",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ouput = "x"', "unknown setting: ouput"),
        ("jobs = 0", "jobs: "),
        ('jobs = "two"', "jobs: "),
        ('variants = ["web"]', "variants.0: "),
        ("variants = []", "variants: "),
        ("output = [", "the settings cannot be read"),
    ],
)
def test_an_invalid_setting_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / settings.NAME
    path.write_text(text)
    with pytest.raises(OrderError, match=message):
        settings.read(path)


def test_a_similar_key_is_suggested(tmp_path: Path) -> None:
    path = tmp_path / settings.NAME
    path.write_text('ouput = "x"')
    with pytest.raises(OrderError) as error:
        settings.read(path)
    assert error.value.hint == "did you mean output?"
