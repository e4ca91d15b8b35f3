"""Print tickets and IPP messages: valid ones are read, and invalid fields are named."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.errors import SourceError
from masthead.press.imposition import Edge
from masthead.press.printing import job_template, ticket
from masthead.press.printing.ipp import Attribute, IppOperation, IppTag, NotIpp, Range, decode, encode
from masthead.press.printing.job_template import attributes, unsupported
from masthead.press.printing.ticket import parse

# --- tickets ----------------------------------------------------------------------------------------------------------


def test_a_ticket_is_read_from_toml_and_from_json(tmp_path):
    toml, plain = tmp_path / "t.toml", tmp_path / "t.json"
    toml.write_text('copies = 2\nmedia = "A4"\nfinishings = ["staple"]\n[files."b.pdf"]\ncopies = 9\n')
    plain.write_text(
        json.dumps({"copies": 2, "media": "A4", "finishings": ["staple"], "files": {"b.pdf": {"copies": 9}}})
    )
    assert ticket.read(toml) == ticket.read(plain)
    tickets = ticket.read(toml)
    assert tickets.of("a.pdf").copies == 2 and tickets.of("b.pdf").copies == 9
    assert tickets.of("b.pdf").finishings == ("staple",)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"copies": 0}, "copies: .*greater"), ({"copies": "3"}, "copies: .*integer"), ({"copies": True}, "copies"),
        ({"sides": "both"}, "sides: .*one-sided"), ({"finishings": ["glue"]}, "unknown finishing; give one of staple"),
        ({"media": "A99"}, "media"), ({"media": "a4"}, "media"), ({"priority": 101}, "priority"),
        ({"copy": 3}, "copy: a ticket has no such field"), ({"pages": ["9-2"]}, "the pages 9-2 run backwards"),
        ({"pages": ["0"]}, r"pages\.0: not valid: 0"),
        ({"number_up": 3}, "number_up"), ({"name": ""}, "name"), ({"hold_until": "never"}, "hold_until"),
        ({"files": 3}, "files: "), ({"files": {"a.pdf": {"copies": 0}}}, "files.a.pdf: copies"), ([], "not a table"),
    ],
)  # fmt: skip
def test_an_invalid_field_of_a_ticket_is_named(said, words):
    with pytest.raises(SourceError, match=words):
        ticket.parse(said, "ticket")


def test_a_missing_ticket_is_refused_without_a_hint_about_its_syntax(tmp_path):
    with pytest.raises(SourceError, match=r"x\.toml: the ticket cannot be read: no such file or folder$") as raised:
        ticket.read(tmp_path / "x.toml")
    assert raised.value.hint == ""


@pytest.mark.parametrize("text", ["copies = ", "\x00", "[[["])
def test_a_ticket_that_is_not_toml_is_refused(tmp_path, text):
    path = tmp_path / "ticket.toml"
    path.write_text(text)
    with pytest.raises(SourceError, match="cannot be read"):
        ticket.read(path)


def test_the_schema_accepts_what_the_reader_accepts():
    described = ticket.schema()
    said = {
        "copies": 2,
        "sides": "one-sided",
        "finishings": ["staple"],
        "binding": "right",
        "files": {"a.pdf": {"copies": 1}},
    }
    jsonschema.validate(said, described)
    ticket.parse(said)
    for wrong in ({"copies": 0}, {"copy": 1}, {"finishings": ["glue"]}, {"files": {"a.pdf": 3}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, described)


def codes(said, edge):
    return {a.name: a.values for a in job_template.attributes(ticket.parse(said).common, edge, {})}


def test_finishings_at_the_binding_edge_follow_the_publication():
    said = {"finishings": ["staple", "bind"], "number_up": 2}
    arabic, english = codes(said, Edge.RIGHT), codes(said, Edge.LEFT)
    assert arabic["finishings"] == (22, 52) and english["finishings"] == (20, 50)
    assert arabic["presentation-direction-number-up"] == ("toleft-tobottom",)
    assert english["presentation-direction-number-up"] == ("toright-tobottom",)
    assert codes(said | {"binding": "left"}, Edge.RIGHT) == english
    assert codes({"finishings": ["staple-top-left"]}, Edge.RIGHT)["finishings"] == (20,)


@pytest.mark.parametrize(
    ("name", "values", "able", "complaints"),
    [
        ("print-quality", (5,), (3, 4), ["quality high: the printer supports draft, normal"]),
        ("print-quality", (4,), (3, 4), []),
        ("finishings", (20, 50), (3, 4, 22), [
            "finishings staple-top-left: the printer supports none, staple (anywhere), staple-top-right",
            "finishings bind-left: the printer supports none, staple (anywhere), staple-top-right",
        ]),
        ("copies", (9,), ((1, 9),), []),
        ("copies", (1,), ((1, 9),), []),
        ("copies", (10,), ((1, 9),), ["copies 10: the printer supports 1 to 9"]),
        ("media", ("iso_a4_210x297mm",), (), ["media A4: the printer does not let it be chosen"]),
        ("job-priority", (50,), (1,), []),
        ("job-priority", (50,), (), ["priority 50: the printer does not let it be chosen"]),
    ],
)  # fmt: skip
def test_what_a_printer_cannot_do_is_named_beside_what_it_can(name, values, able, complaints):
    wanted = (Attribute(name, IppTag.INTEGER, values),)
    assert job_template.unsupported(wanted, {f"{name}-supported": able}) == complaints


def test_options_without_a_value_are_not_sent():
    assert codes({}, Edge.RIGHT) == {"copies": (1,)}


# --- messages ---------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8"), max_size=40)
sent = st.one_of(
    st.tuples(st.just(IppTag.INTEGER), st.integers(-(2**31), 2**31 - 1)),
    st.tuples(st.just(IppTag.BOOLEAN), st.booleans()),
    st.tuples(st.just(IppTag.NAME), texts),
    st.tuples(st.just(IppTag.KEYWORD), texts),
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,20}", fullmatch=True), sent, max_size=6), st.integers(1, 3))
def test_a_message_decodes_to_what_was_encoded(values, times):
    attributes = [Attribute(name, tag, (value,) * times) for name, (tag, value) in values.items()]
    message = encode(IppOperation.CREATE_JOB, [(IppTag.JOB, attributes)])
    assert decode(message).all(IppTag.JOB) == ({name: (value,) * times for name, (_, value) in values.items()},)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_garbled(data):
    with suppress(NotIpp):
        assert decode(data).all(IppTag.JOB) is not None


@pytest.mark.parametrize("length", [0, 7, 8, -1])
def test_a_truncated_message_is_garbled(length):
    message = encode(IppOperation.CREATE_JOB, [(IppTag.JOB, [Attribute("copies", IppTag.INTEGER, (2,))])])
    with pytest.raises(NotIpp):
        decode(message[:length])


def test_pages_output_bin_and_collation_are_sent_if_the_printer_has_them():
    asked = parse({"pages": ["5", "1-2"], "output_bin": "face-down", "collated": False}).common
    able = {
        "page-ranges-supported": (True,),
        "output-bin-supported": ("face-down",),
        "multiple-document-handling-supported": ("separate-documents-uncollated-copies",),
        "copies-supported": (Range(1, 9),),
    }
    sent = attributes(asked, Edge.LEFT, able)
    assert unsupported(sent, able) == []
    ranges = next(each for each in sent if each.name == "page-ranges")
    assert ranges.values == (Range(1, 2), Range(5, 5))
    assert decode(encode(IppOperation.CREATE_JOB, [(IppTag.JOB, [ranges])])).first(IppTag.JOB) == {
        "page-ranges": ranges.values
    }
    named = [complaint.split()[0] for complaint in unsupported(sent, {"copies-supported": (Range(1, 9),)})]
    assert named == ["output_bin", "pages", "pages", "collated"]


@pytest.mark.parametrize("pages", [["0"], ["1-"], ["2-x"], [""], "1"])
def test_pages_are_numbers_from_one(pages):
    with pytest.raises(SourceError):
        parse({"pages": pages})


# --- paper and PIN ----------------------------------------------------------------------------------------------------

_A4 = {"media-size": ({"x-dimension": (21000,), "y-dimension": (29700,)},)}
_TRAYS = {
    "media-col-supported": ("media-size", "media-source", "media-type", "media-weight-metric"),
    "media-source-supported": ("tray-1", "tray-2"),
    "media-type-supported": ("stationery", "cardstock"),
    "media-col-database": (
        {**_A4, "media-source": ("tray-1",), "media-type": ("stationery",), "media-weight-metric": (80,)},
        {**_A4, "media-source": ("tray-2",), "media-type": ("cardstock",), "media-weight-metric": (160,)},
    ),
}


def _complaints(said):
    return unsupported(
        tuple(each for each in attributes(parse(said).common, Edge.LEFT, _TRAYS) if each.name != "copies"), _TRAYS
    )


@pytest.mark.parametrize(
    ("said", "complaints"),
    [
        ({"media": "A4", "media_source": "tray-2", "media_type": "cardstock", "media_weight": 160}, []),
        ({"media_weight": 80}, []),
        ({"media_source": "tray-3"}, ["media_source tray-3: the printer has tray-1, tray-2"]),
        ({"media_type": "labels"}, ["media_type labels: the printer has stationery, cardstock"]),
        (
            {"media": "A4", "media_source": "tray-1", "media_weight": 160},
            [
                "media 210 × 297 mm, tray-1, 160 g/m²: the printer has 210 × 297 mm, tray-1, stationery, 80 g/m²; "
                "210 × 297 mm, tray-2, cardstock, 160 g/m²"
            ],
        ),
    ],
)
def test_paper_is_refused_with_what_the_printer_has_instead(said, complaints):
    assert _complaints(said) == complaints


def test_a_paper_with_its_tray_is_a_collection_and_no_name():
    made = {
        each.name: each for each in attributes(parse({"media": "A4", "media_source": "tray-1"}).common, Edge.LEFT, {})
    }
    assert "media" not in made
    message = encode(
        IppOperation.VALIDATE_JOB, [(IppTag.JOB, [made["media-col"], Attribute("b", IppTag.INTEGER, (1,))])]
    )
    group = decode(message).first(IppTag.JOB)
    assert group == {"media-col": ({**_A4, "media-source": ("tray-1",)},), "b": (1,)}


@pytest.mark.parametrize(
    ("able", "method", "value"),
    [
        ((), "none", b"1234"),
        (("none", "sha2-256"), "sha2-256", hashlib.sha256(b"1234").digest()),
        (("sha2-256", "sha2-512"), "sha2-512", hashlib.sha512(b"1234").digest()),
    ],
)
def test_a_pin_is_hashed_if_the_printer_can_compare_hashes(able, method, value):
    known = {"job-password-encryption-supported": able, "job-password-supported": (8,)}
    made = {each.name: each for each in attributes(parse({"release": "pin"}).common, Edge.LEFT, known, "1234")}
    assert made["job-password"].values == (value,)
    assert made["job-password-encryption"].values == (method,)
    assert "1234" not in str(made["job-password"])
    assert unsupported((made["job-password"], made["job-password-encryption"]), known) == []
    assert unsupported((made["job-password"],), {}) == ["the printer cannot hold a job for a PIN"]
