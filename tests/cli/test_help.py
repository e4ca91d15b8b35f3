"""Help texts and documentation name all choices."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

import masthead
from masthead import preflight
from masthead.cli.app import app
from masthead.document.terms import Variant
from masthead.pdf.drawn import pictures
from masthead.preflight import isolation, report
from masthead.preflight.report import extent, html
from paths import ROOT


def said(*arguments: str) -> str:
    """Return the help text of a command on a screen of 80 columns, as one line."""
    run = CliRunner().invoke(app, [*arguments, "--help"], env={"COLUMNS": "80"})
    assert run.exit_code == 0
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", run.stdout).split())


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("variant", Variant)
def test_publish_says_what_each_variant_is(variant: Variant) -> None:
    assert re.search(rf"(?<![\w-]){variant}: PDF", said("publish"))


def test_the_version_is_printed() -> None:
    run = CliRunner().invoke(app, ["--version"])
    assert (run.exit_code, run.stdout) == (0, f"masthead {masthead.__version__}\n")


@pytest.mark.parametrize(
    ("command", "default"),
    [
        ("publish", "[default: (number of cores)]"),
        ("compare", "by default baselines/."),
        ("approve", "by default baselines/."),
        ("review", "by default baselines/."),
    ],
)
def test_defaults_that_are_computed_are_shown(command: str, default: str) -> None:
    assert default in said(command)


def test_old_names_of_options_are_not_shown() -> None:
    assert "--store" not in said("compare")
    assert "--dry-run" not in said("impose")


@pytest.mark.parametrize("profile", preflight.PROFILES.values(), ids=lambda profile: profile.name)
def test_each_profile_is_named_by_both_commands_and_explained_on_the_page(profile: preflight.Profile) -> None:
    for command in ("publish", "check"):
        names = re.search(r"Name of the set of rules: ([a-z, ]+)\.", said(command))
        assert names
        assert profile.name in names[1].split(", ")
    assert f"\n| `{profile.name}` |" in page("docs/check.md")
    assert profile.purpose


def test_the_page_on_checking_names_the_limits_and_the_forms() -> None:
    text = " ".join(page("docs/check.md").split())
    read = (20, isolation.SECONDS, isolation.BYTES), (120, isolation.SLOW_SECONDS, isolation.WIDE_BYTES)
    for told, seconds, size in read:
        assert f"up to {told} seconds and {size >> 30} GiB" in text
        assert told - 5 < seconds <= told
    assert f"in at most {pictures.SECONDS} seconds for all of them and {pictures.PAGE_SECONDS} for each" in text
    assert f"up to {html.LIMIT} pages" in text
    assert f"at most {extent.LIMIT} findings of each rule" in text
    assert all(f"**`{form}`**" in text for form in report.FORMS)


def test_readme_leads_to_the_page_on_checking_by_the_index() -> None:
    assert "docs/index.md" in page("README.md")
    assert "(check.md)" in page("docs/index.md")
