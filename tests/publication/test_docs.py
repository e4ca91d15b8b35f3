"""The documentation is true where a program can tell: links resolve, commands have these options, files exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from masthead.cli.app import app
from paths import DOCS, ROOT

PAGES = (*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("**/*.md")))
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def prose(page: Path) -> str:
    """The text of a page without its blocks of code."""
    return FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors that code hosts give to the headings of a page."""
    headings = HEADING.findall(prose(page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(page: Path) -> Iterator[list[str]]:
    """The `masthead` commands on a page, those in sentences and those in blocks, as lists of arguments."""
    text = page.read_text("utf-8")
    blocks = [block for block in FENCE.finditer(text) if block["language"] in ("", "sh")]
    lines = [line for block in blocks for line in block["text"].splitlines()]
    for found in (*CODE.findall(FENCE.sub("", text)), *lines):
        # In blocks, a comment follows: after three spaces, a hash sign, or the output that is piped elsewhere.
        command = re.split(r" {3,}| #| \|", found.removeprefix("$ ").strip())[0]
        if re.match(r"masthead [a-z]", command):
            yield shlex.split(command)[1:]


@every_page
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    for link in LINK.findall(CODE.sub("", prose(page))):
        if ":" in link:  # an address elsewhere
            continue
        name, _, anchor = unquote(link).partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_page
def test_commands_exist_with_their_options(page: Path) -> None:
    group: Any = typer.main.get_command(app)
    for name, *arguments in commands(page):
        assert name in group.commands, name
        command = group.get_command(None, name)
        options = {
            option: parameter for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for place, argument in enumerate(arguments):
            if not re.match(r"-{1,2}[a-z]", argument) or argument in ("-h", "--help"):
                continue
            assert argument in options, f"masthead {name} {argument}"
            choices = getattr(options[argument].type, "choices", ())
            value = arguments[place + 1] if choices else ""
            assert value.isupper() or value in [*map(str, choices), ""], f"masthead {name} {argument} {value}"


def test_the_tour_and_the_readme_have_commands() -> None:
    """Otherwise the test above would prove nothing."""
    assert len([*commands(ROOT / "README.md")]) > 15
    assert len([*commands(DOCS / "tour.md")]) > 12


@every_page
def test_modules_exist(page: Path) -> None:
    files = {path.relative_to(ROOT).as_posix() for room in ("pipeline", "tests", "benchmarks", "docs")
             for path in (ROOT / room).glob("**/*.py")}  # fmt: skip
    for name in re.findall(r"[\w/]+\.py\b", " ".join(CODE.findall(prose(page)))):
        if not name.startswith("weasyprint/"):
            assert any(f"/{file}".endswith(f"/{name}") for file in files), name
