"""Strings that programs stumble over, as titles, paragraphs and notes: carried exactly, or refused with a reason."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import tinyhtml5

import hostile
from corpora import sample
from masthead import formats, preflight
from masthead.document.errors import MastheadError, SourceError, TypesettingError
from masthead.document.terms import Language
from masthead.formats.source import FORBIDDEN
from masthead.page.markup import mark_up
from masthead.publication import typeset

LANGUAGES = [Language.ENGLISH, Language.ARABIC]
READ = tuple(text for text in hostile.STRINGS if not FORBIDDEN.search(text))  # what a reader lets through
SAMPLE = sample(READ, 40)


@contextmanager
def within_limits() -> Iterator[None]:
    """Ten seconds of work, and 512 MiB more than before."""
    start, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 512 * 1024


def test_there_are_as_many_strings_as_in_the_list_and_some_for_our_own_syntax() -> None:
    assert len(hostile.ALL) >= 515


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("form", "most"), [(".md", 15), (".akn", 15), (".txt", 30), (".docx", 15)])
def test_a_source_says_them_exactly_or_refuses_them(form: str, most: int, language: Language) -> None:
    refused = []
    for text in hostile.STRINGS:
        document = hostile.document(text, language)
        with within_limits():
            try:
                written = formats.render(document, form)
                assert formats.parse(written, f"x{form}") == document, repr(text)
            except SourceError as error:
                assert error.hint
                refused.append(text)
    assert len(refused) <= most, refused


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_be_set_has_no_element_more_for_them(language: Language) -> None:
    """Whether each is printed exactly, preflight asks of the finished file, below."""
    harmless = {element.tag for element in _elements("text 64/293", language)}
    for text in READ:
        with within_limits():
            assert {element.tag for element in _elements(text, language)} <= harmless | {"a"}, repr(text)


@pytest.mark.parametrize("text", SAMPLE, ids=range(len(SAMPLE)))
def test_a_pdf_says_them_exactly_or_is_refused(text: str) -> None:
    language = LANGUAGES[SAMPLE.index(text) % 2]
    document = hostile.document(text, language)
    with within_limits():
        try:
            pdf = typeset(document)
        except MastheadError as error:
            assert isinstance(error, TypesettingError | SourceError)
            assert error.hint
            return
        found = [finding for finding in preflight.check(pdf.data, document).findings if "completeness" in finding.rule]
        if not text.strip():  # a resolution needs a title, so the attached source cannot be read
            found = [finding for finding in found if finding.rule != "completeness.sources"]
        assert found == []


def _elements(text: str, language: Language) -> Iterator[object]:
    return tinyhtml5.parse(mark_up(hostile.document(text, language)).text, namespace_html_elements=False).iter()
