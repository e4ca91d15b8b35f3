"""Every kind of change is named in an editor's words, in our files, those of other programs and press files; and a file
that another program has saved again has not changed."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest

import changes
import seeds
from masthead.comparison import Layer, State, compare
from masthead.press.pdfx import to_pdfx
from reference import reference
from resaving import WAYS

_WORD = "pdf/A_RES_73_6-EN.pdf"
_UNTAGGED = "pdf/A_RES_73_8-EN.pdf"
_DISTILLED = "geneva/A_HRC_WG.6_7_ITA_1.fr.pdf"


@cache
def ours() -> bytes:
    return changes.rich(seeds.made(seeds.SEEDS[0]))


@cache
def press() -> bytes:
    return changes.rich(to_pdfx(seeds.made(seeds.SEEDS[0])))


@cache
def foreign(name: str) -> bytes:
    return changes.rich(reference(name).read_bytes())


def test_there_are_at_least_150_kinds() -> None:
    assert len(changes.KINDS) + len(seeds.SEEDS) >= 200
    assert len(changes.KINDS) >= 150
    assert sum(bool(kind.made(ours())) for kind in changes.KINDS) == len(changes.KINDS)


@pytest.mark.parametrize("kind", changes.KINDS, ids=lambda kind: kind.name)
def test_a_change_of_our_file_is_named(kind: changes.Kind) -> None:
    made = kind.made(ours())
    assert made is not None
    assert kind.fault(compare(ours(), made)) == ""


@pytest.mark.slow
def test_changes_of_a_press_file_are_named() -> None:
    assert _faults(press()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [_WORD, _UNTAGGED])
def test_changes_of_a_foreign_file_are_named(name: str) -> None:
    assert _faults(foreign(name)) == []


def _faults(base: bytes) -> list[str]:
    made = ((kind, kind.made(base)) for kind in changes.KINDS)
    return [f"{kind.name}: {fault}" for kind, pdf in made if pdf and (fault := kind.fault(compare(base, pdf)))]


@pytest.mark.parametrize("way", WAYS)
def test_our_file_that_is_saved_again_has_not_changed(way: str) -> None:
    for base in (ours(), seeds.made(seeds.SEEDS[0])):
        comparison = compare(base, WAYS[way](base))
        assert (comparison.state, comparison.open) == (State.PASSED, ())


@pytest.mark.slow
@pytest.mark.parametrize("name", [_WORD, _UNTAGGED, _DISTILLED])
@pytest.mark.parametrize("way", WAYS)
def test_a_foreign_file_that_is_saved_again_has_not_changed(way: str, name: str) -> None:
    base = reference(name).read_bytes()
    assert compare(base, WAYS[way](base)).open == ()


def _pages(*numbers: int) -> bytes:
    """A PDF with pages of the small document, by number from 0; 9 is a page with other words."""
    source, other = pikepdf.open(io.BytesIO(seeds.made(seeds.SEEDS[0]))), pikepdf.open(io.BytesIO(_other()))
    pdf, file = pikepdf.new(), io.BytesIO()
    for number in numbers:
        pdf.pages.append(other.pages[0] if number == 9 else source.pages[number])
    pdf.save(file)
    return file.getvalue()


@cache
def _other() -> bytes:
    return seeds.made(next(seed for seed in seeds.SEEDS if seed.name == "another paper"))


def test_an_inserted_page_is_one_difference_and_the_others_have_shifted() -> None:
    comparison = compare(_pages(0, 1, 2, 0, 1, 2), _pages(0, 1, 2, 9, 0, 1, 2))
    assert [each.message.partition(",")[0] for each in comparison.open] == ["page 4 was inserted"]
    assert "shifted: pages 4 to 6 by +1" in [each.message for each in comparison.differences]


def test_only_true_changes_follow_a_removed_page() -> None:
    noted = pikepdf.open(io.BytesIO(_pages(0, 2)))
    changes._with(noted, pikepdf.Name.Text, Contents="wait")
    file = io.BytesIO()
    noted.save(file)
    removed, note = sorted(each.message for each in compare(_pages(0, 1, 2), file.getvalue()).open)
    assert removed.startswith("page 2 was removed, which begins “")
    assert note.startswith("sticky note was added")


def test_nothing_in_a_message_depends_on_objects_of_the_file() -> None:
    messages = [
        each.message
        for kind in changes.KINDS[::5]
        for each in compare(ours(), kind.made(ours()) or b"").of(Layer.STRUCTURE)
    ]
    assert messages
    assert not [each for each in messages if "IndirectObject" in each or " R>" in each or "object at 0x" in each]
