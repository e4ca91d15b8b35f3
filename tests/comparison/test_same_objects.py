"""Objects of two files are equal if only the way in which the files are written is another."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from masthead.comparison.canonical import Digests, content_of, inherited, names_in

Maker = Callable[[pikepdf.Pdf], Any]


def digest(make: Maker) -> str:
    """The digest of an object of a file of two pages, named a and b, after it has been saved."""
    file = pikepdf.new()
    for _ in range(2):
        file.add_blank_page(page_size=(9, 9))
    file.Root.Mine = Array([make(file)])
    written = io.BytesIO()
    file.save(written)
    with pikepdf.open(written) as again:
        names = {page.obj.objgen: name for page, name in zip(again.pages, "ab", strict=True)}
        return Digests(names).of(again.Root.Mine)


def value(given: Any) -> Maker:
    return lambda file: given


def stream(data: bytes, **entries: Any) -> Maker:
    return lambda file: file.make_stream(data, **entries)


def page(at: int) -> Maker:
    return lambda file: file.pages[at].obj


def loop(text: str) -> Maker:
    def make(file: pikepdf.Pdf) -> Any:
        first = file.make_indirect(Dictionary(Text=String(text)))
        first.Next = file.make_indirect(Dictionary(Back=first))
        return first

    return make


def compressed(file: pikepdf.Pdf) -> Any:
    made = file.make_stream(b"")
    made.write(zlib.compress(b"rain"), filter=Name.FlateDecode)
    return made


def nested(depth: int, inner: int, hold: Callable[[Any], Any] = lambda made: Array([made])) -> Any:
    made: Any = inner
    for _ in range(depth):
        made = hold(made)
    return made


def entry(made: Any) -> Any:
    return Dictionary(A=made)


PLAIN = value(Dictionary(A=1, Z=2))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (PLAIN, value(Dictionary(Z=2, A=1)), True),
        (PLAIN, lambda file: file.make_indirect(Dictionary(A=1, Z=2)), True),
        (PLAIN, value(Dictionary(A=1)), False),
        (PLAIN, value(Dictionary(A=1, Y=2)), False),
        (PLAIN, value(Dictionary(A=2, Z=1)), False),
        (PLAIN, value(Array([1, 2])), False),
        (value(Array([1, 2])), value(Array([2, 1])), False),
        (value(Array([String("ab"), String("c")])), value(Array([String("a"), String("bc")])), False),
        # numbers to four places
        (value(1), value(Decimal("1.0")), True),
        (value(Decimal("0.12341")), value(Decimal("0.12344")), True),
        (value(Decimal("0.1234")), value(Decimal("0.1235")), False),
        (value(1), value(True), False),
        # a word, a name and a number are not the same
        (value(String("1")), value(1), False),
        (value(String("Amiri")), value(Name.Amiri), False),
        # the tag of a subset has six capital letters (ISO 32000-1, 9.6.4)
        (value(Name("/ABCDEF+Amiri")), value(Name("/GHIJKL+Amiri")), True),
        (value(Name("/ABCDEF+Amiri")), value(Name("/Amiri")), True),
        (value(Name("/ABCDE+Amiri")), value(Name("/Amiri")), False),
        (value(Name("/abcdef+Amiri")), value(Name("/Amiri")), False),
        # data of streams, however they are compressed
        (stream(b"rain"), compressed, True),
        (stream(b"rain"), stream(b"snow"), False),
        (stream(b"rain"), stream(b"rain", Subtype=Name.XML), False),
        (stream(b"rain", Filter=Name.DCTDecode), stream(b"rain", Filter=Name.JPXDecode), False),
        (stream(b"rain", Filter=Name.DCTDecode), stream(b"rain", Filter=Name.DCTDecode), True),
        # pages are known by their names
        (page(0), page(0), True),
        (page(0), page(1), False),
        # what leads back to itself
        (loop("rain"), loop("rain"), True),
        (loop("rain"), loop("snow"), False),
        (value(nested(55, 1)), value(nested(55, 2)), False),
        (value(nested(70, 1)), value(nested(70, 2)), True),
        (value(nested(55, 1, entry)), value(nested(55, 2, entry)), False),
        (value(nested(70, 1, entry)), value(nested(70, 2, entry)), True),
    ],
)
def test_objects_are_the_same_however_they_are_written(one: Maker, other: Maker, same: bool) -> None:
    assert (digest(one) == digest(other)) is same


_WRITTEN = "Parent P Pg StructParent StructParents Filter DecodeParms DL B ProcSet Length1 Length2 Length3 Popup IRT"


@pytest.mark.parametrize("key", [*_WRITTEN.split(), "F_Size", "CIDSet", "CharSet"])
def test_entries_that_depend_on_how_a_file_is_written_do_not_count(key: str) -> None:
    assert digest(PLAIN) == digest(value(Dictionary(A=1, Z=2, **{key: 7})))
    if key not in ("Filter", "DecodeParms"):
        assert digest(stream(b"rain")) == digest(stream(b"rain", **{key: 7}))


@pytest.mark.parametrize("key", ["Q", "Length4", "Contents"])
def test_all_other_entries_count(key: str) -> None:
    assert digest(PLAIN) != digest(value(Dictionary(A=1, Z=2, **{key: 7})))


def test_entries_are_chosen_by_name() -> None:
    digests = Digests({})
    holder, more = Dictionary(A=1, B=2), Dictionary(A=1, B=2, C=3)
    assert digests.of_entries(holder) != digests.of_entries(more)
    assert digests.of_entries(holder, {"/A", "/B"}) == digests.of_entries(more, {"/A", "/B"})
    assert digests.of_entries(holder, {"/A"}) != digests.of_entries(holder, {"/B"})
    assert digests.of_entries(holder, {"/C"}) == digests.of_entries(Name.None_) == digests.of_entries(Dictionary())
    assert digests.of_bytes(b"rain") != digests.of_bytes(b"snow")


@pytest.mark.parametrize(
    ("own", "above", "top", "found"), [(0, 90, 180, 0), (None, 90, 180, 90), (None, None, 180, 180)]
)
def test_a_page_has_what_the_nearest_group_of_pages_has(
    own: int | None, above: int | None, top: int | None, found: int
) -> None:
    made = [Dictionary() if each is None else Dictionary(Rotate=each) for each in (own, above, top)]
    made[1].Parent = made[2]
    made[0].Parent = made[1]
    assert inherited(made[0], "/Rotate") == found
    assert inherited(made[0], "/MediaBox") is None


def test_content_in_parts_is_divided_by_white_space() -> None:
    file = pikepdf.new()
    parts = [file.make_stream(data) for data in (b"/F1 12 Tf", b"(x)Tj/G0 gs")]
    assert content_of(Dictionary(Contents=Array(parts))) == b"/F1 12 Tf\n(x)Tj/G0 gs"
    assert content_of(Dictionary(Contents=parts[0])) == b"/F1 12 Tf"
    assert content_of(Dictionary()) == b""
    assert names_in(b"/F1 12 Tf\n(x)Tj/G0 gs[/P]") == {"/F1", "/G0", "/P"}
