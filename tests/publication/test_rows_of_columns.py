"""Which pieces of two versions are side by side, and which documents are versions of one; nothing is typeset."""

from __future__ import annotations

import pytest

from manuscripts import EN, FR, report, resolution
from masthead import formats, page
from masthead.document import Document, OrderError
from masthead.publication.parallel import _rows, _versions

BODY = """\
1. One:

   - (a) x;

   - (b) y;

<!-- tail --> and the tail.

## A. Heading

<!-- table 1 --> Boats

| a | b |
|---|--:|
| one | 2 |

<!-- figure 1 --> Map

![What it shows](data:image/svg+xml;base64,PHN2Zy8+)

> **Box**
>
> 1. Inside.

<!-- vote -->

- In favour: A, B
- Against: None
- Abstaining: C

2. Two.

<!-- annex --> More

1. Three.
"""
KINDS = "front heading numbered item item tail heading table figure box vote numbered closing annex numbered"


def document(body: str = BODY, **keys: str) -> Document:
    return formats.parse(report(EN, body, **{"closing": "\n- Here\n- Now", **keys}).encode(), "x.md")


def test_each_unit_is_beside_that_of_the_other_version() -> None:
    whole, shorter = (page.text_column(document(body)) for body in (BODY, BODY.replace("2. Two.\n", "")))
    assert [piece.kind for piece in whole.pieces] == KINDS.split()
    same = [(at, at) for at in range(11)]
    assert _rows(whole, whole) == (*same, *((at, at) for at in range(11, 15)))
    assert _rows(whole, shorter) == (*same, (11, None), (12, 11), (13, 12), (14, 13))
    assert _rows(shorter, whole) == (*same, (None, 11), (11, 12), (12, 13), (13, 14))


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (report(FR, "1. Un.", symbol="A/93/8"), "A/93/7 and A/93/8 are not the same document"),
        (report(FR, "1. Un.", type="note"), "one is of type report, the other of type note"),
        (resolution(FR, "1. *Décide* de se réunir."), "A/93/7 and A/RES/93/301 are not the same document"),
        (report(EN, "1. One."), "both versions are in English"),
    ],
)
def test_only_versions_of_one_document_are_side_by_side(other: str, message: str) -> None:
    with pytest.raises(OrderError) as caught:
        _versions(document(), formats.parse(other.encode(), "y.md"))
    assert caught.value.message == message


def test_two_language_versions_are_side_by_side_in_the_order_that_is_asked_for() -> None:
    english, french = document(), formats.parse(report(FR, "1. Un.").encode(), "y.md")
    assert _versions(english, french) == (english, french) and _versions(french, english) == (french, english)
