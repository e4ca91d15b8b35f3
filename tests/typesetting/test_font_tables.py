"""Which font families an organization has: its own and the bundled ones, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.document import Organization, TypesettingError, organizations
from masthead.typesetting import fonts

LEAST_FAMILY = """
[[families]]
name = "{name}"
role = "{role}"
licence = "OFL-1.1"
obtain = "ask the printer"

[[families.sources]]
face = "{name}"

[families.sources.files]
regular = {{ file = "x.ttf", sha256 = ["00"] }}
"""


def own(folder: Path, text: str) -> Organization:
    from houses import LEAST

    (folder / "organization.toml").write_text(LEAST, "utf-8")
    (folder / "fonts").mkdir()
    (folder / "fonts" / "families.toml").write_text(text, "utf-8")
    return Organization.load(folder)


def test_a_family_of_the_organization_replaces_the_bundled_one_of_its_name(tmp_path: Path) -> None:
    bundled = {family.name: family.role for family in fonts.families()}
    text = LEAST_FAMILY.format(name="Amiri", role="our naskh") + LEAST_FAMILY.format(name="City", role="our serif")
    with own(tmp_path, text).used():
        found = [(family.name, family.role) for family in fonts.families()]
    assert found[:2] == [("Amiri", "our naskh"), ("City", "our serif")]
    assert dict(found) == bundled | {"Amiri": "our naskh", "City": "our serif"}
    assert len(found) == len(bundled) + 1
    assert {family.name: family.role for family in fonts.families()} == bundled
    assert organizations.current().is_bundled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[family]]\nname = 1", "the table of fonts cannot be read: 'families'"),
        ("[[families]]\nname = 'City'", "the table of fonts cannot be read: 'sources'"),
        ("families = 5", "the table of fonts cannot be read"),
        ("[[families", "the table of fonts cannot be read"),
        (LEAST_FAMILY.format(name="City", role="x") + "[[families]]\ncolour = 'red'\nsources = []",
         "the table of fonts cannot be read"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_named(text: str, message: str, tmp_path: Path) -> None:
    with own(tmp_path, text).used(), pytest.raises(TypesettingError) as caught:
        fonts.families()
    assert caught.value.message.startswith(message)
    assert caught.value.where == str(tmp_path / "fonts" / "families.toml")
    assert caught.value.hint == "fonts/families.toml of Masthead explains each entry"


def test_a_table_is_read_again_after_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "families.toml"
    for name in ("City", "Country"):
        path.write_text(LEAST_FAMILY.format(name=name, role="x"), "utf-8")
        assert [family.name for family in fonts.read(path)] == [name]
