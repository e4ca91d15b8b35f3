"""Elements and direction runs that overlap are nested as HTML."""

from __future__ import annotations

import pytest

from masthead.page.nesting import Leaf, Tag, nest

TAGS = (
    Tag("b", (("id", "x"), ("class", "k"))),
    Tag("span", direction="ltr"),
    Tag("i"),
    Tag("span", direction="rtl"),
    Tag("a", (("href", 'x"&<y'),)),
)
B, LTR, ITALIC, RTL, A = range(5)


@pytest.mark.parametrize(
    ("leaves", "html"),
    [
        ([("a", (B,), ())], '<b id="x" class="k">a</b>'),
        ([("a", (B,), ()), ("c", (), ())], '<b id="x" class="k">a</b>c'),
        ([("a", (B,), ()), ("c", (B,), (LTR,))], '<b id="x" class="k">a<span dir="ltr">c</span></b>'),
        # An element that a run divides has its name once.
        (
            [("a", (B,), ()), ("c", (B,), (LTR,)), ("d", (), (LTR,))],
            '<b id="x" class="k">a</b><span dir="ltr"><b class="k">c</b>d</span>',
        ),
        (
            [("a", (), (LTR,)), ("c", (B,), (LTR,)), ("d", (B,), ())],
            '<span dir="ltr">a<b id="x" class="k">c</b></span><b class="k">d</b>',
        ),
        # The outermost element as wide as a run takes its direction.
        ([("a", (B,), (LTR,)), ("c", (B,), (LTR,))], '<b id="x" class="k" dir="ltr">ac</b>'),
        ([("a", (B, ITALIC), (LTR,))], '<b id="x" class="k" dir="ltr"><i>a</i></b>'),
        ([("a", (ITALIC, B), (LTR,))], '<i dir="ltr"><b id="x" class="k">a</b></i>'),
        # Of runs of the same width only the innermost has an effect.
        ([("a", (), (LTR, RTL))], '<span dir="rtl">a</span>'),
        ([("a", (B,), (LTR, RTL))], '<b id="x" class="k" dir="rtl">a</b>'),
        ([("a", (), (LTR, RTL)), ("c", (), (LTR,))], '<span dir="ltr"><span dir="rtl">a</span>c</span>'),
        ([("a", (), (LTR,)), ("c", (), (LTR, RTL))], '<span dir="ltr">a<span dir="rtl">c</span></span>'),
        # Elements that overlap are divided too.
        (
            [("a", (ITALIC, B), ()), ("c", (ITALIC,), ()), ("d", (ITALIC,), ())],
            '<i><b id="x" class="k">a</b>cd</i>',
        ),
        ([("a", (A,), ())], '<a href="x&quot;&amp;&lt;y">a</a>'),
        ([("<u>*</u>", (), ())], "<u>*</u>"),
        ([], ""),
    ],
)
def test_elements_and_runs_are_nested(leaves: list[tuple[str, tuple[int, ...], tuple[int, ...]]], html: str) -> None:
    assert nest([Leaf(*leaf) for leaf in leaves], TAGS, set()) == html


def test_a_name_that_was_written_before_is_not_written_again() -> None:
    identified: set[int] = set()
    assert nest([Leaf("a", (B,), ())], TAGS, identified) == '<b id="x" class="k">a</b>'
    assert identified == {B}
    assert nest([Leaf("a", (B,), ())], TAGS, identified) == '<b class="k">a</b>'
