"""A ticket in the terms of printers: each field as its attribute, each answer of a printer in words."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from masthead.document.errors import SourceError
from masthead.press.imposition import Edge
from masthead.press.printing import job_template, paper_fit, ticket
from masthead.press.printing.ipp import Attribute, IppTag, Range
from masthead.press.printing.job_template import attributes, unsupported
from masthead.press.printing.paper_fit import on_paper, other_paper
from masthead.press.printing.ticket import Sides, Ticket, with_sides

LEFT, RIGHT = Edge.LEFT, Edge.RIGHT


def sent(said, edge=LEFT, printer=None, pin=""):
    return {
        each.name: (each.tag, each.values) for each in attributes(ticket.parse(said).common, edge, printer or {}, pin)
    }


@pytest.mark.parametrize(
    ("said", "name", "tag", "values"),
    [
        ({"copies": 9999}, "copies", IppTag.INTEGER, (9999,)),
        ({"sides": "one-sided"}, "sides", IppTag.KEYWORD, ("one-sided",)),
        ({"media": "A4"}, "media", IppTag.KEYWORD, ("iso_a4_210x297mm",)),
        ({"media": "iso_b4_250x353mm"}, "media", IppTag.KEYWORD, ("iso_b4_250x353mm",)),
        ({"finishings": ["fold", "trim", "fold"]}, "finishings", IppTag.ENUM, (10, 11)),
        ({"color": "auto"}, "print-color-mode", IppTag.KEYWORD, ("auto",)),
        ({"scaling": "none"}, "print-scaling", IppTag.KEYWORD, ("none",)),
        ({"hold_until": "no-hold"}, "job-hold-until", IppTag.KEYWORD, ("no-hold",)),
        ({"output_bin": "face-up"}, "output-bin", IppTag.KEYWORD, ("face-up",)),
        ({"pages": ["7", "1-3"]}, "page-ranges", IppTag.RANGE, (Range(1, 3), Range(7, 7))),
        ({"collated": True}, "multiple-document-handling", IppTag.KEYWORD, ("separate-documents-collated-copies",)),
        ({"collated": False}, "multiple-document-handling", IppTag.KEYWORD, ("separate-documents-uncollated-copies",)),
        ({"quality": "draft"}, "print-quality", IppTag.ENUM, (3,)),
        ({"quality": "normal"}, "print-quality", IppTag.ENUM, (4,)),
        ({"quality": "high"}, "print-quality", IppTag.ENUM, (5,)),
        ({"priority": 1}, "job-priority", IppTag.INTEGER, (1,)),
        ({"priority": 100}, "job-priority", IppTag.INTEGER, (100,)),
    ],
)  # fmt: skip
def test_a_field_is_one_attribute(said, name, tag, values):
    assert sent({"copies": 1} | said) == {"copies": (IppTag.INTEGER, (said.get("copies", 1),)), name: (tag, values)}


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("staple", 20, 22), ("staple-dual", 28, 30), ("edge-stitch", 24, 26), ("bind", 50, 52), ("punch", 74, 76),
        ("saddle-stitch", 8, 8), ("booklet-maker", 13, 13), ("fold", 10, 10), ("fold-half", 93, 93), ("trim", 11, 11),
        ("staple-top-left", 20, 20), ("staple-bottom-left", 21, 21), ("staple-top-right", 22, 22),
        ("staple-bottom-right", 23, 23), ("bind-left", 50, 50), ("bind-top", 51, 51), ("bind-right", 52, 52),
    ],
)  # fmt: skip
def test_a_finishing_has_the_code_of_its_edge(name, left, right):
    assert [sent({"finishings": [name]}, edge)["finishings"][1] for edge in (LEFT, RIGHT)] == [(left,), (right,)]


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("A2", "iso_a2_420x594mm"), ("A6", "iso_a6_105x148mm"), ("B4", "iso_b4_250x353mm"), ("B5", "iso_b5_176x250mm"),
        ("A3", "iso_a3_297x420mm"), ("A4", "iso_a4_210x297mm"), ("A5", "iso_a5_148x210mm"),
        ("SRA3", "iso_sra3_320x450mm"),
        ("letter", "na_letter_8.5x11in"), ("legal", "na_legal_8.5x14in"), ("tabloid", "na_ledger_11x17in"),
    ],
)  # fmt: skip
def test_a_paper_has_its_name_in_the_standard(name, standard):
    assert sent({"media": name})["media"][1] == (standard,)


@pytest.mark.parametrize(
    ("said", "printer", "edge", "expected"),
    [
        ({}, {}, LEFT, {}), ({"number_up": 1}, {}, LEFT, {}),
        ({"number_up": 2}, {}, LEFT, {"number-up": (2,), "presentation-direction-number-up": ("toright-tobottom",)}),
        ({"number_up": 2}, {"job-creation-attributes-supported": ("number-up-layout",)}, LEFT,
            {"number-up": (2,), "number-up-layout": ("lrtb",)}),
        ({"number_up": 16}, {"job-creation-attributes-supported": ("number-up-layout",)}, RIGHT,
            {"number-up": (16,), "number-up-layout": ("rltb",)}),
        (
            {"number_up": 4},
            {"job-creation-attributes-supported": ("number-up-layout",),
                "presentation-direction-number-up-supported": ("toleft-tobottom",)},
            RIGHT, {"number-up": (4,), "presentation-direction-number-up": ("toleft-tobottom",)},
        ),
    ],
)  # fmt: skip
def test_several_pages_on_a_side_are_in_reading_order(said, printer, edge, expected):
    assert {name: values for name, (_, values) in sent(said, edge, printer).items() if name != "copies"} == expected


def test_the_layout_of_cups_is_not_listed_by_its_values():
    wanted = (Attribute("number-up-layout", IppTag.KEYWORD, ("rltb",)),)
    assert unsupported(wanted, {"job-creation-attributes-supported": ("number-up-layout",)}) == []
    assert unsupported(wanted, {}) == ["number_up_layout rltb: the printer does not let it be chosen"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("print-quality", 3, "draft"), ("print-quality", 4, "normal"), ("print-quality", 5, "high"),
        ("print-quality", 6, "6"),
        ("finishings", 3, "none"), ("finishings", 4, "staple (anywhere)"), ("finishings", 8, "saddle-stitch"),
        ("finishings", 23, "staple-bottom-right"), ("finishings", 99, "99"), ("copies", Range(1, 9), "1 to 9"),
        ("sides", "one-sided", "one-sided"),
    ],
)  # fmt: skip
def test_what_a_printer_can_do_is_said_in_words(name, value, words):
    wanted = (Attribute(name, IppTag.KEYWORD, ("x",) if name == "sides" else (77,)),)
    asked = {"sides": "x"}.get(name, "77")
    key = name.removeprefix("print-")
    assert unsupported(wanted, {f"{name}-supported": (value, None)}) == [f"{key} {asked}: the printer supports {words}"]


@pytest.mark.parametrize(
    ("value", "able", "supported"),
    [
        (1, ((1, 9),), True), (9, ((1, 9),), True), (0, ((1, 9),), False), (10, ((1, 9), 10), True),
        (5, ((1, 3), (5, 7)), True),
        (4, ((1, 3), (5, 7)), False), (True, (True,), True), ("a", ((1, 9),), False),
    ],
)  # fmt: skip
def test_a_range_includes_its_ends(value, able, supported):
    assert (
        unsupported((Attribute("copies", IppTag.INTEGER, (value,)),), {"copies-supported": able}) == []
    ) is supported


@pytest.mark.parametrize(
    ("able", "complaints"),
    [((True,), 0), ((False,), 1), ((), 1), ((True, False), 1)],
)  # fmt: skip
def test_pages_can_be_left_out_only_if_the_printer_says_so(able, complaints):
    wanted = (Attribute("page-ranges", IppTag.RANGE, (Range(1, 2),)),)
    assert len(unsupported(wanted, {"page-ranges-supported": able})) == complaints


# --- paper ------------------------------------------------------------------------------------------------------------


def test_a_paper_with_a_weight_is_a_collection_with_its_size():
    tag, (members,) = sent({"media": "letter", "media_type": "labels", "media_weight": 90})["media-col"]
    assert tag is IppTag.BEGIN_COLLECTION
    assert (
        str(members) == "{media-size {x-dimension 21590; y-dimension 27940}; media-type labels; media-weight-metric 90}"
    )
    _, (bare,) = sent({"media_weight": 90})["media-col"]
    assert str(bare) == "{media-weight-metric 90}"
    _, (odd,) = sent({"media": "custom_odd_none", "media_source": "tray-1"})["media-col"]
    assert str(odd) == "{media-source tray-1}"


SIZE = {"media-size": ({"x-dimension": (21000,), "y-dimension": (29700,)},)}
COLLECTIONS = {"media-col-supported": ("media-size", "media-source", "media-type", "media-weight-metric")}


def lacking(said, **printer):
    (wanted,) = (each for each in attributes(ticket.parse(said).common, LEFT, {}) if each.name == "media-col")
    return unsupported((wanted,), printer)


@pytest.mark.parametrize(
    ("said", "printer", "complaints"),
    [
        ({"media_weight": 80}, {}, ["media_weight: the printer does not let it be chosen"]),
        ({"media_source": "t"}, COLLECTIONS, ["media_source t: the printer has no choice"]),
        ({"media_type": "t"}, COLLECTIONS | {"media-type-supported": ("a", "b")},
            ["media_type t: the printer has a, b"]),
        ({"media_weight": 80}, COLLECTIONS, []),  # it does not say what it has
        ({"media_weight": 80}, COLLECTIONS | {"media-col-database": (SIZE,)}, []),  # what is not said may be so
        (
            {"media_weight": 80},
            COLLECTIONS | {"media-col-database": ({"media-weight-metric": (90,)},
                {**SIZE, "media-type": ("x",), "media-weight-metric": (100,)})},
            ["media 80 g/m²: the printer has 90 g/m²; 210 × 297 mm, x, 100 g/m²"],
        ),
        (
            {"media_weight": 80},
            COLLECTIONS | {"media-col-database": ({"media-weight-metric": (90,)},) * 2,
                "media-col-ready": ({"media-weight-metric": (70,)},) * 3},
            ["media 80 g/m²: the printer has 70 g/m²"],
        ),
        (
            {"media": "A4", "media_weight": 80},
            COLLECTIONS | {"media-col-database": ({"media-size": ({"x-dimension": (21000,)},),
                "media-weight-metric": (80,)},)},
            ["media 210 × 297 mm, 80 g/m²: the printer has 210 × 0 mm, 80 g/m²"],
        ),
    ],
)  # fmt: skip
def test_a_paper_that_a_printer_lacks_is_said_with_those_it_has(said, printer, complaints):
    assert lacking(said, **printer) == complaints


def test_at_most_eight_papers_are_named():
    papers = tuple({"media-weight-metric": (weight,)} for weight in range(100, 120))
    (complaint,) = lacking({"media_weight": 80}, **COLLECTIONS, **{"media-col-database": papers})
    assert re.findall(r"\d+ g/m²", complaint)[1:] == [f"{weight} g/m²" for weight in range(100, 108)]


@pytest.mark.parametrize(
    ("size", "fits"),
    [((210, 297), True), ((213, 300), True), ((207, 294), True), ((213.1, 297), False), ((210, 293.9), False)],
)  # fmt: skip
def test_pages_within_three_millimetres_fit_the_paper(size, fits):
    assert (other_paper(Ticket(media="A4"), [size], {}) == "") is fits
    assert (other_paper(Ticket(), [(210, 297), size], {"media-default": ("iso_a4_297x210mm",)}) == "") is fits


@pytest.mark.parametrize(
    ("said", "fits"),
    [({}, False), ({"scaling": "fit"}, True), ({"number_up": 1}, False), ({"number_up": 2}, True),
        ({"media": "A5"}, True)],
)  # fmt: skip
def test_who_says_how_pages_get_on_a_paper_has_decided(said, fits):
    made = ticket.parse({"media": "A4"} | said).common
    assert (other_paper(made, [(148, 210)], {}) == "") is fits
    assert other_paper(Ticket(media="A4"), [(148, 210)], {}) == (
        "its pages are 148 × 210 mm, and the paper is A4 (210 × 297 mm)"
    )


@pytest.mark.parametrize(
    ("said", "sizes", "able", "media"),
    [
        ({}, [(297.0, 420.0)], ("iso_a3_297x420mm",), "A3"), ({}, [(297.0, 420.0)], (), None),
        ({}, [(297.0, 420.0), (210.0, 297.0)], ("iso_a3_297x420mm",), None),
        ({}, [(210.0, 297.0)], ("iso_a3_297x420mm",), None),
        ({"media": "A4"}, [(297.0, 420.0)], ("iso_a3_297x420mm",), "A4"),
        ({}, [(279.4, 431.8)], ("na_ledger_11x17in",), "tabloid"),
        ({"scaling": "fit"}, [(297.0, 420.0)], ("iso_a3_297x420mm",), None),
    ],
)  # fmt: skip
def test_pages_of_one_size_get_their_own_paper_if_the_printer_has_it(said, sizes, able, media):
    printer = {"media-default": ("iso_a4_210x297mm",), "media-supported": able}
    assert on_paper(ticket.parse(said).common, sizes, printer).media == media


@pytest.mark.parametrize(
    ("duplex", "said", "sides"),
    [
        ("/Simplex", None, Sides.ONE), ("/DuplexFlipLongEdge", None, Sides.LONG_EDGE),
        ("/DuplexFlipShortEdge", None, Sides.SHORT_EDGE), ("/Other", None, None), (None, None, None),
        ("/Simplex", Sides.LONG_EDGE, Sides.LONG_EDGE),
    ],
)  # fmt: skip
def test_a_file_says_its_sides_unless_the_ticket_does(duplex, said, sides):
    pdf = pikepdf.new()
    if duplex:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name(duplex))
    assert with_sides(Ticket(sides=said, copies=2), pdf) == Ticket(sides=sides, copies=2)


def test_sizes_are_in_millimetres_and_each_once():
    pdf, file = pikepdf.new(), io.BytesIO()
    for size in ((72, 144), (144, 72), (72, 144), (720, 72)):
        pdf.add_blank_page(page_size=size)
    pdf.save(file)
    assert paper_fit.paper_sizes(file.getvalue()) == ((25.4, 50.8), (25.4, 254.0))


@pytest.mark.parametrize(
    ("pages", "count", "complaint"),
    [
        ([], 1, ""), (["1"], 1, ""), (["2"], 1, "pages 2: the file has 1 page"), (["1-9", "3-4"], 3, ""),
        (["1", "4-5", "6"], 3, "pages 4-5: the file has 3 pages"),
    ],
)  # fmt: skip
def test_pages_that_a_file_lacks_are_named(pages, count, complaint):
    assert ticket.missing_pages(ticket.parse({"pages": pages}).common, count) == complaint


def test_what_is_asked_is_said_in_the_words_of_a_ticket():
    said = {"copies": 2, "quality": "high", "finishings": ["staple", "fold"], "pages": ["1-3"], "release": "pin",
            "media_weight": 80}  # fmt: skip
    assert job_template.described(attributes(ticket.parse(said).common, LEFT, {}, "1234")) == (
        "copies 2; media 80 g/m²; finishings staple-top-left, fold; pages 1-3; release …; "
        "job_password_encryption none; quality high"
    )


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ({"copies": 10000}, "copies: input should be less than or equal to 9999", ""),
        ({"priority": 0}, "priority: input should be greater than or equal to 1", ""),
        ({"media_weight": 0}, "media_weight: input should be greater than or equal to 1", ""),
        ({"finishings": ["glue"]}, f"finishings.0: unknown finishing; give one of {', '.join(ticket.FINISHINGS)}", ""),
        ({"media": "a 4"}, None,
            "give A2, A3, A4, A5, A6, B4, B5, SRA3, letter, legal, tabloid, or a PWG name such as iso_b4_250x353mm"),
        ({"coppies": 1}, "coppies: a ticket has no such field", "did you mean copies?"),
        ({"xyz": 1}, "xyz: a ticket has no such field",
            "it may have copies, sides, media, finishings, binding, number_up, "
         "quality, color, scaling, name, hold_until, priority, pages, output_bin, collated, media_source, media_type, "
         "media_weight, release"),
        ({"files": {"a.pdf": 3}}, "files: not a table of tables", 'write [files."NAME.pdf"] above its fields'),
        ({"files": []}, "files: not a table of tables", 'write [files."NAME.pdf"] above its fields'),
        ("x", "the ticket is not a table", "write one FIELD = VALUE on each line"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_what_is_allowed(said, message, hint):
    with pytest.raises(SourceError) as caught:
        ticket.parse(said, "t.toml")
    assert message is None or caught.value.message == message
    assert (caught.value.where, caught.value.hint) == ("t.toml", hint)


def test_a_wrong_field_of_one_file_is_named_with_the_file():
    with pytest.raises(SourceError) as caught:
        ticket.parse({"files": {"a.pdf": {"copies": 0}}}, "t.toml")
    assert caught.value.where == "t.toml, files.a.pdf"


def test_limits_are_just_allowed():
    for said in (
        {"copies": 1},
        {"copies": 9999},
        {"priority": 1},
        {"priority": 100},
        {"name": "x" * 120},
        {"media_weight": 9999},
    ):
        assert ticket.parse(said).common
    for said in (
        {"name": "x" * 121},
        {"priority": 101},
        {"media_weight": 10000},
        {"pages": ["100000"]},
        {"output_bin": "A"},
    ):
        with pytest.raises(SourceError):
            ticket.parse(said)
    assert ticket.parse({"pages": ["99999"]}).common.pages == ("99999",)


def test_a_file_has_what_is_common_and_what_is_its_own():
    tickets = ticket.parse({"copies": 2, "media": "A4", "files": {"b.pdf": {"media": "A3"}}})
    assert (tickets.of("a.pdf"), tickets.of("b.pdf")) == (Ticket(2, media="A4"), Ticket(2, media="A3"))
