"""What a comparison finds in each layer, and what it tolerates."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

import seeds
import specimen
from masthead.comparison import DocumentKey, Layer, State, breaks, compare, compare_all, reports
from masthead.comparison.contents import BlockLine, TextBlock
from masthead.comparison.drawing import DrawnObject, read_page
from masthead.comparison.glyphs import GlyphChanges, alike
from masthead.comparison.objects import of_shifted_pages
from masthead.comparison.pairing import identify, pair, pdf_files, single
from masthead.comparison.text import align
from masthead.comparison.tolerance import Aspect, Region, Tolerance, load, place
from masthead.document.errors import OrderError, SourceError
from masthead.document.terms import Language
from masthead.page.markup import mark_up
from masthead.typesetting.typesetter import typeset
from paths import ROOT

DOCS = ROOT / "docs" / "comparing.md"


@pytest.fixture(scope="session")
def baseline() -> bytes:
    return seeds.made(seeds.SEEDS[0])


@pytest.fixture(scope="session")
def dotless() -> bytes:
    (seed,) = (seed for seed in seeds.SEEDS if seed.name.startswith("a letter's two dots: ة"))
    return seeds.made(seed)


@pytest.mark.parametrize("seed", seeds.SEEDS, ids=lambda seed: seed.name)
def test_a_visible_change_is_found_and_an_invisible_one_passes(baseline: bytes, seed: seeds.Seed) -> None:
    comparison = compare(baseline, seeds.made(seed))
    state = State.CHANGED if seed.fails else State.PASSED
    assert seeds.verdict(comparison) == (seed.fails, seed.passes, state)


def test_the_table_of_the_guide_is_that_of_the_seeds() -> None:
    text = DOCS.read_text("utf-8")
    assert [seed.row for seed in seeds.SEEDS if seed.row not in text] == []
    assert len(seeds.SEEDS) >= 30


def test_another_process_folder_and_time_zone_make_the_same_bytes(baseline: bytes, tmp_path: Path) -> None:
    program = "import seeds, sys; sys.stdout.buffer.write(seeds.made(seeds.SEEDS[0]))"
    environment = {
        **os.environ,
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(Path(seeds.__file__).parent),
    }
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    comparison = compare(baseline, made.stdout)
    assert (comparison.state, comparison.differences) == (State.PASSED, ())


def test_a_changed_letter_is_named_with_its_word_and_its_place(baseline: bytes, dotless: bytes) -> None:
    comparison = compare(baseline, dotless)
    (text,) = comparison.of(Layer.TEXT)
    assert [edit.text.strip() for edit in text.edits if edit.operation != "kept"] == ["الختامية", "الختاميه"]
    assert "“الختامية” is now “الختاميه”" in text.message
    (picture,) = comparison.of(Layer.PICTURE)
    assert "الختامية" in picture.words and "الختاميه" in picture.words
    assert picture.follows, "the words say why the picture differs"
    assert picture.page == 1 and picture.box is not None
    assert picture.box[2] - picture.box[0] < 10, "two dots are not 10 pt wide"


def test_the_break_map_counts_the_lines_a_page_ends_earlier(baseline: bytes) -> None:
    (seed,) = (seed for seed in seeds.SEEDS if seed.name == "a page ended earlier")
    breaks = compare(baseline, seeds.made(seed)).of(Layer.BREAKS)
    assert breaks[0].message.startswith("page 2 ends 12 lines earlier, in paragraph “(ج) إلى")


def test_a_target_on_a_removed_page_has_the_number_that_the_page_had(baseline: bytes) -> None:
    def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
        made = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as file:
            change(file)
            file.save(made)
        return made.getvalue()

    def bookmark(file: pikepdf.Pdf, page: int) -> None:
        with file.open_outline() as outline:
            outline.root[:] = [pikepdf.OutlineItem("Here", page)]

    def remove(file: pikepdf.Pdf) -> None:
        bookmark(file, 0)
        del file.pages[1]

    before = changed(baseline, lambda file: bookmark(file, 1))
    messages = [each.message for each in compare(before, changed(before, remove)).differences]
    assert "target of bookmark “Here”: “removed page 2, whole page” is now “page 1, whole page”" in messages


def test_a_difference_of_colours_is_tolerated_up_to_the_limit() -> None:
    black, grey = (0, 0, 0, 255), (2, 2, 2, 255)
    assert alike(black, grey, Tolerance(colour=2))
    assert not alike(black, grey, Tolerance(colour=1))
    assert not alike(black, None, Tolerance(colour=2))


@pytest.mark.parametrize(("left", "bottom"), [(0, 0), (100, 200), (-100, -200)])
def test_what_is_drawn_is_placed_from_the_corner_of_its_page(left: float, bottom: float) -> None:
    file = pikepdf.new()
    file.add_blank_page(page_size=(300, 150))
    page = file.pages[0]
    page.MediaBox = pikepdf.Array([left, bottom, left + 300, bottom + 150])
    page.Contents = file.make_stream(f"{left + 20} {bottom + 30} 40 10 re f".encode())
    data = io.BytesIO()
    file.save(data)
    (drawn,) = read_page(pypdfium2.PdfDocument(data.getvalue()), 0).objects
    assert drawn.box == pytest.approx((20, 110, 60, 120))


def test_what_is_drawn_more_often_before_is_removed_as_often_as_it_is_missing() -> None:
    line, square = DrawnObject("path", (0, 0, 90, 1)), DrawnObject("path", (0, 0, 5, 5))
    lower = replace(line, box=(0, 40, 90, 41))
    found = [*of_shifted_pages([(1, line), (1, square), (2, lower), (3, line)], [(2, line), (4, square), (4, square)])]
    assert [(each.page, each.message.rpartition(" ")[2], each.box) for each in found] == [
        (1, "removed", None),
        (2, "removed", None),
        (4, "added", square.box),
    ]


@pytest.mark.parametrize(
    ("pages", "new_page_end"),
    [
        # The text of each page of the candidate: a new paragraph has one line, A two lines, B three.
        ((("new",), ("A", "B")), "page 1 ends 5 lines earlier, in paragraph “new”, line 1 of 1"),
        ((("A", "new"), ("B",)), "page 1 ends 3 lines earlier, in paragraph “new”, line 1 of 1"),
        ((("new", "A"), ("B",)), "page 1 ends 3 lines earlier, in paragraph “A”, line 2 of 2"),
    ],
)
def test_a_page_that_ends_in_new_text_ends_after_the_text_before_it(
    pages: tuple[tuple[str, ...], ...], new_page_end: str
) -> None:
    assert _page_ends((*pages, ("C",)), {1: 1, 2: 2}) == [new_page_end]


def test_a_page_that_is_gone_moves_no_end_of_another() -> None:
    assert _page_ends((("A", "B"),), {1: 1}) == []


def _page_ends(pages: tuple[tuple[str, ...], ...], numbers: dict[int, int]) -> list[str]:
    """The pages that end elsewhere than in a document of two pages, with A and B, and with C."""

    def blocks(pages: tuple[tuple[str, ...], ...]) -> list[TextBlock]:
        height = {"new": 1, "A": 2, "B": 3, "C": 1}
        return [
            TextBlock("P", name, "en", tuple(BlockLine(name, page, (0, 0, 9, 9)) for _ in range(height[name])))
            for page, names in enumerate(pages, 1)
            for name in names
        ]

    before, after = blocks((("A", "B"), ("C",))), blocks(pages)
    found = breaks.differences(before, after, align(before, after), numbers, GlyphChanges())
    return [each.message for each in found if each.message.startswith("page 1 ends")]


def test_the_break_map_says_where_a_note_went(baseline: bytes) -> None:
    (seed,) = (seed for seed in seeds.SEEDS if seed.name == "a note moved to the next page")
    messages = [each.message for each in compare(baseline, seeds.made(seed)).of(Layer.BREAKS)]
    assert "note 1 has moved from page 1 to 2" in messages


def test_a_pdf_without_tags_is_compared_line_by_line(baseline: bytes, dotless: bytes) -> None:
    comparison = compare(_untagged(baseline), _untagged(dotless))
    (text,) = comparison.of(Layer.TEXT)
    assert [edit.text.strip() for edit in text.edits if edit.operation != "kept"] == ["الختامية", "الختاميه"]
    assert text.message.startswith("the words of line “إذ يشير إلى الوثائق")


def test_a_figure_in_an_ignored_region_is_left_out_of_the_text() -> None:
    first = specimen.document(Language.ARABIC)
    other = replace(first, job=replace(first.job, number="99-99999"))
    baseline, candidate = (typeset(mark_up(document)).data for document in (first, other))
    assert any("figure" in each.message for each in compare(baseline, candidate).of(Layer.TEXT))
    foot = Region("job line and barcode", (0.0, 650.0, 612.0, 792.0))
    assert compare(baseline, candidate, tolerance=Tolerance(regions=(foot,))).of(Layer.TEXT) == ()
    beside = Region("job line alone", (0.0, 650.0, 612.0, 700.0), page=1)
    assert compare(baseline, candidate, tolerance=Tolerance(regions=(beside,))).of(Layer.TEXT)


def _untagged(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for key in ("/StructTreeRoot", "/MarkInfo"):
        del writer.root_object[key]
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_named_region_is_ignored_by_every_layer_and_reported(baseline: bytes, dotless: bytes, tmp_path: Path) -> None:
    (picture,) = compare(baseline, dotless).of(Layer.PICTURE)
    assert picture.box is not None
    configuration = tmp_path / "masthead.toml"
    configuration.write_text(
        '[[comparison.ignore]]\nname = "the first paragraph"\npage = 1\nbox = [40, 125, 140, 36]\n', "utf-8"
    )
    comparison = compare(baseline, dotless, tolerance=load(configuration))
    assert comparison.state is State.PASSED
    assert comparison.ignored == ("the first paragraph",)
    elsewhere = configuration.read_text().replace("page = 1", "page = 2")
    configuration.write_text(elsewhere)
    assert compare(baseline, dotless, tolerance=load(configuration)).state is State.CHANGED


@pytest.mark.parametrize(
    "text",
    [
        "[[comparison.ignore]]\nname = 'x'",
        "[comparison.tolerance]\nsize = 2",
        "[comparison.ignore]\na = 1",
        "[",
        "[comparison]\nbaseline = 'x'",
    ],
)
def test_an_invalid_configuration_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "masthead.toml").write_text(text)
    with pytest.raises(OrderError) as caught:
        load(tmp_path / "masthead.toml")
    assert "masthead.toml" in str(caught.value)


def test_no_settings_are_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (load(), place()) == (Tolerance(), (Path("baselines"), ""))


def test_the_settings_say_where_the_baselines_are(tmp_path: Path) -> None:
    (tmp_path / "masthead.toml").write_text("[comparison]\nbaselines = 'kept'\nobjects = 's3://bucket/kept'\n")
    assert place(tmp_path / "masthead.toml") == (tmp_path / "kept", "s3://bucket/kept")


def test_documents_are_matched_by_symbol_and_language(baseline: bytes, dotless: bytes, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    (old / "a.pdf").write_bytes(baseline)
    (new / "renamed.pdf").write_bytes(dotless)
    (old / "gone.en.pdf").write_bytes(_plain())
    (new / "come.fr.pdf").write_bytes(_plain())
    found = {str(each.key): each.state for each in compare_all(pair(pdf_files(old), pdf_files(new)))}
    assert found == {"E/RES/2031/18 ar": State.CHANGED, "gone en": State.DELETED, "come fr": State.NEW}


def test_two_files_that_are_one_document_are_refused(baseline: bytes, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(baseline)
    with pytest.raises(SourceError, match="two files contain the document E/RES/2031/18 ar"):
        tuple(pair((), pdf_files(tmp_path)))


def test_the_name_of_a_file_replaces_missing_metadata() -> None:
    assert identify(_plain(), "E_RES_2017_18.ar.pdf") == DocumentKey("E/RES/2017/18", "ar")


def test_no_pdf_is_refused_in_words(baseline: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(baseline[:2000])
    with pytest.raises(SourceError, match="candidate: the PDF cannot be read"):
        compare(baseline, (tmp_path / "broken.pdf").read_bytes())


def test_a_broken_file_among_many_is_named(baseline: bytes, tmp_path: Path) -> None:
    for name, data in (("old", baseline), ("new", baseline[:2000])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "E_RES_2031_18.ar.pdf").write_bytes(data)
    with pytest.raises(SourceError, match="E/RES/2031/18 ar, candidate: the PDF cannot be read"):
        tuple(compare_all(pair(pdf_files(tmp_path / "old"), pdf_files(tmp_path / "new"))))


def _plain() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_junit_has_a_failure_for_each_document_that_has_not_passed(
    baseline: bytes, dotless: bytes, tmp_path: Path
) -> None:
    (tmp_path / "old.pdf").write_bytes(baseline)
    (tmp_path / "new.pdf").write_bytes(dotless)
    comparisons = tuple(compare_all([single(tmp_path / "old.pdf", tmp_path / name) for name in ("old.pdf", "new.pdf")]))
    suite = ElementTree.fromstring(reports.to_junit(comparisons))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert "الختاميه" in (suite.findtext("testcase/failure") or "")
    assert reports.summary(comparisons) == "1 changed, 1 passed"


@pytest.mark.parametrize(
    ("name", "failing"),
    [
        ("one digit", {Aspect.ALL, Aspect.TEXT, Aspect.LAYOUT, Aspect.PIXELS}),
        ("a line broken elsewhere", {Aspect.ALL, Aspect.LAYOUT, Aspect.PIXELS}),
        ("a link's colour", {Aspect.ALL, Aspect.PIXELS}),
        ("the title in the metadata", {Aspect.ALL}),
    ],
)
def test_one_aspect_can_be_judged_alone(baseline: bytes, name: str, failing: set[Aspect]) -> None:
    (seed,) = (seed for seed in seeds.SEEDS if seed.name == name)
    made = seeds.made(seed)
    found = {aspect for aspect in Aspect if not compare(baseline, made, tolerance=Tolerance(judged=aspect)).same}
    assert found == failing


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize(("outside", "covered"), [(-9, True), (0, True), (0.2, True), (0.3, False), (9, False)])
def test_a_region_covers_what_leaves_it_by_a_quarter_of_a_point_at_most(
    side: int, outside: float, covered: bool
) -> None:
    region = Region("a stamp", (100.0, 200.0, 300.0, 400.0), page=2)
    box = list(region.box)
    box[side] += -outside if side < 2 else outside
    assert region.covers(2, (box[0], box[1], box[2], box[3])) is covered
    assert not region.covers(1, region.box)
    assert replace(region, page=None).covers(7, region.box)
