"""The same change of many items is one sentence."""

import pytest

from masthead.comparison.items import PdfItem, differences


def pages(*labels: str) -> list[PdfItem]:
    return [PdfItem("page", "", {"label": label}, number) for number, label in enumerate(labels, 1)]


def links(*values: str, name: str = "contents") -> list[PdfItem]:
    return [PdfItem("link", f"link {number}", {name: value}) for number, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (pages("1", "2", "3"), pages("i", "ii", "iii"), "the label of 3 pages has changed; page 1: “1” is now “i”"),
        (pages("1", "1", "1"), pages("2", "2", "2"), "label of 3 pages: “1” is now “2”"),
        (
            links("a", "a", "c"),
            links("b", "b", "d"),
            "the contents of 3 links have changed; 2 of them: “a” is now “b”, the first is “link 1”",
        ),
    ],
)
def test_the_sentence_says_how_many_and_gives_an_example(
    before: list[PdfItem], after: list[PdfItem], message: str
) -> None:
    (found,) = differences(before, after, lambda old, new, name: False)
    assert found.difference.message == message
