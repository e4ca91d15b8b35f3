"""What tests share: the examples as documents and as pages, each made once.

What is slow to import is imported by the fixtures that need it, so that a test of values costs no more than its values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paths import EXAMPLES, TOUCHSTONE

if TYPE_CHECKING:
    from masthead.document import Document
    from masthead.publication import Edition


@pytest.fixture(scope="session")
def touchstone() -> Document:
    from masthead import formats

    return formats.read(TOUCHSTONE)


@pytest.fixture(scope="session")
def touchstone_edition() -> Edition:
    from masthead.publication import publish

    return publish(TOUCHSTONE)


@pytest.fixture(scope="session")
def english_source() -> Path:
    (source,) = EXAMPLES.glob("*.en.md")
    return source


@pytest.fixture(scope="session")
def english_edition(english_source: Path) -> Edition:
    from masthead.publication import publish

    return publish(english_source)


@pytest.fixture(scope="session")
def touchstone_html(touchstone: Document) -> str:
    from masthead.page import mark_up

    return mark_up(touchstone).text
