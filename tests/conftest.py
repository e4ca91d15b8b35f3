"""What tests share: the examples as documents, and as pages, each made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead import reading
from masthead.markup import mark_up
from masthead.model import Document
from masthead.publication import Edition, publish

EXAMPLES = Path(__file__).parent.parent / "examples"
TOUCHSTONE = EXAMPLES / "E_RES_2017_18.ar.txt"


@pytest.fixture(scope="session")
def touchstone() -> Document:
    return reading.read(TOUCHSTONE)


@pytest.fixture(scope="session")
def touchstone_edition() -> Edition:
    return publish(TOUCHSTONE)


@pytest.fixture(scope="session")
def english_source() -> Path:
    (source,) = EXAMPLES.glob("*.en.md")
    return source


@pytest.fixture(scope="session")
def english_edition(english_source: Path) -> Edition:
    return publish(english_source)


@pytest.fixture(scope="session")
def touchstone_html(touchstone: Document) -> str:
    return mark_up(touchstone).text
