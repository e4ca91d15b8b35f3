"""Messages of the Internet Printing Protocol, byte by byte, and the answers to those who ask for a login."""

from __future__ import annotations

import hashlib
import re
import struct
import urllib.request

import pytest

from masthead.press.printing.ipp import (
    Attribute,
    Endpoint,
    IppOperation,
    IppTag,
    Login,
    Members,
    NotIpp,
    Range,
    Response,
    Untrusted,
    _authorization,
    decode,
    encode,
)
from masthead.press.printing.printers import Job, _job


def field(tag: int, name: bytes, data: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(data)) + data


def test_a_request_is_encoded_as_the_standard_says():
    message = encode(
        IppOperation.CREATE_JOB,
        [
            (IppTag.OPERATION, [Attribute("printer-uri", IppTag.URI, ("ipp://é/",))]),
            (IppTag.JOB, [
                Attribute("copies", IppTag.INTEGER, (-2, 3)), Attribute("last", IppTag.BOOLEAN, (True, False)),
                Attribute("page-ranges", IppTag.RANGE, (Range(1, 300),)), Attribute("pin", IppTag.OCTETS, (b"\0\xff",)),
                Attribute("media-col", IppTag.BEGIN_COLLECTION, (Members((Attribute("x", IppTag.INTEGER, (1, 2)),)),)),
            ]),
        ],
    )  # fmt: skip
    assert message == b"".join(
        (
            b"\x02\x00\x00\x05\x00\x00\x00\x01",
            b"\x01", field(0x45, b"printer-uri", "ipp://é/".encode()),
            b"\x02", field(0x21, b"copies", b"\xff\xff\xff\xfe"), field(0x21, b"", b"\0\0\0\x03"),
            field(0x22, b"last", b"\x01"), field(0x22, b"", b"\0"),
            field(0x33, b"page-ranges", b"\0\0\0\x01\0\0\x01\x2c"), field(0x30, b"pin", b"\0\xff"),
            field(0x34, b"media-col", b""), field(0x4A, b"", b"x"), field(0x21, b"", b"\0\0\0\x01"),
            field(0x21, b"", b"\0\0\0\x02"), field(0x37, b"", b""),
            b"\x03",
        )
    )  # fmt: skip


def test_operations_and_tags_have_the_numbers_of_the_standard():
    assert {each.name: each.value for each in IppOperation} == {
        "VALIDATE_JOB": 4, "CREATE_JOB": 5, "SEND_DOCUMENT": 6, "CANCEL_JOB": 8, "GET_JOB_ATTRIBUTES": 9,
        "GET_JOBS": 10,
        "GET_PRINTER_ATTRIBUTES": 11, "HOLD_JOB": 12, "RELEASE_JOB": 13,
    }  # fmt: skip


HEAD = b"\x02\x00\x04\x06\x00\x00\x00\x01"


@pytest.mark.parametrize(
    ("tag", "raw", "value"),
    [
        (0x21, b"\xff\xff\xff\xfe", -2), (0x23, b"\0\0\0\x07", 7), (0x22, b"\x01", True), (0x22, b"\0", False),
        (0x33, b"\0\0\0\x01\0\0\0\x09", Range(1, 9)), (0x35, b"\0\x02en\0\x02hi", "hi"),
        (0x36, b"\0\x05ar-EG\0\x04\xd8\xa7\xd8\xa8", "اب"),
        (0x41, "é".encode(), "é"), (0x42, b"n", "n"), (0x44, b"k", "k"), (0x45, b"u", "u"),
        (0x30, b"\xff\0", b"\xff\0"),
        (0x31, b"\xff" * 11, b"\xff" * 11), (0x10, b"", None), (0x12, b"", None), (0x13, b"x", None),
    ],
)  # fmt: skip
def test_a_value_is_decoded_by_its_tag(tag, raw, value):
    found = decode(HEAD + b"\x04" + field(tag, b"name", raw) + b"\x03")
    assert found == Response(0x0406, ((4, {"name": (value,)}),))


def test_a_response_has_its_groups_in_order_and_values_of_one_name_together():
    one, two = field(0x21, b"job-id", b"\0\0\0\x01"), field(0x21, b"job-id", b"\0\0\0\x02")
    nested = (
        field(0x34, b"media-col", b"") + field(0x4A, b"", b"size") + field(0x34, b"", b"") + field(0x4A, b"", b"x")
        + field(0x21, b"", b"\0\0\0\x05") + field(0x21, b"", b"\0\0\0\x06") + field(0x37, b"", b"") + field(0x4A, b"",
            b"t")
        + field(0x44, b"", b"a") + field(0x37, b"", b"")
    )  # fmt: skip
    twice = field(0x44, b"k", b"a") + field(0x44, b"", b"b") + field(0x44, b"m", b"c") + field(0x44, b"k", b"d")
    found = decode(
        HEAD
        + b"\x01"
        + field(0x41, b"status-message", b"no")
        + b"\x02"
        + one
        + b"\x02"
        + two
        + nested
        + twice
        + b"\x03"
    )
    assert found.message == "no"
    assert found.all(IppTag.JOB) == (
        {"job-id": (1,)},
        {"job-id": (2,), "media-col": ({"size": ({"x": (5, 6)},), "t": ("a",)},), "k": ("a", "b", "d"), "m": ("c",)},
    )
    assert found.first(IppTag.JOB) == {"job-id": (1,)} and found.first(IppTag.PRINTER) == {}
    assert decode(HEAD + b"\x03") == Response(0x0406, ()) and decode(HEAD + b"\x03").message == "status 0x0406"


@pytest.mark.parametrize("body", [b"", b"\x01", b"\x01\x41\x00\x09ab", b"\x01" + field(0x41, b"a", b"\xff") + b"\x03",
                                  b"\x01" + field(0x33, b"a", b"1") + b"\x03"])  # fmt: skip
def test_a_response_that_is_cut_off_or_wrong_is_none(body):
    with pytest.raises(NotIpp):
        decode(HEAD + body)


def test_what_is_secret_is_not_shown():
    assert str(Attribute("job-password", IppTag.OCTETS, (b"1234",))) == "job-password …"
    members = Members((Attribute("a", IppTag.INTEGER, (1, 2)), Attribute("b", IppTag.KEYWORD, ("x",))))
    assert str(Attribute("c", IppTag.BEGIN_COLLECTION, (members,))) == "c {a 1, 2; b x}"
    assert "s3cret" not in repr(Login("layla", "s3cret"))


# --- what a printer says of a job -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {"number": 0, "uuid": "", "state": "unknown"}),
        (
            {"job-id": (7,), "job-uuid": ("u",), "job-name": ("n",), "job-originating-user-name": ("me",),
                "job-printer-state-message": ("m",)},
            {"number": 7, "uuid": "u", "state": "unknown", "name": "n", "user": "me", "message": "m"},
        ),
        *(({"job-state": (number,)}, {"number": 0, "uuid": "", "state": state}) for number, state in enumerate(
            ("pending", "held", "processing", "stopped", "canceled", "aborted", "completed"), 3)),
        ({"job-state": (2,)}, {"number": 0, "uuid": "", "state": "unknown"}),
        (
            {"job-state-reasons": ("none", "a", "b"), "job-printer-state-reasons": ("b", None, "c")},
            {"number": 0, "uuid": "", "state": "unknown", "reasons": ("a", "b", "c")},
        ),
        ({"job-state-reasons": ("job-incoming",)},
            {"number": 0, "uuid": "", "state": "unknown", "reasons": ("job-incoming",), "whole": False}),
        ({"job-state-reasons": ("job-data-insufficient",)},
            {"number": 0, "uuid": "", "state": "unknown", "reasons": ("job-data-insufficient",), "whole": False}),
        ({"number-of-documents": (0,)}, {"number": 0, "uuid": "", "state": "unknown", "whole": False}),
        ({"number-of-documents": (1,)}, {"number": 0, "uuid": "", "state": "unknown", "whole": True}),
        (
            {"sheet-completed-copy-number": (2,), "job-impressions-completed": (0,),
                "job-media-sheets-completed": (5,)},
            {"number": 0, "uuid": "", "state": "unknown", "printed": "2 copies begun, 5 sheets"},
        ),
        ({"job-impressions-completed": (1,)}, {"number": 0, "uuid": "", "state": "unknown", "printed": "1 sides"}),
    ],
)  # fmt: skip
def test_a_job_is_read_from_its_attributes(said, expected):
    assert _job(said) == Job(**expected)
    assert _job(said).ended is (expected["state"] in ("canceled", "aborted", "completed"))


# --- logins -----------------------------------------------------------------------------------------------------------


def answered(challenge: str, password: str = "s3cret") -> str | None:
    return _authorization(Endpoint("h", 631, "/ipp", login=Login("layla", password)), challenge)


@pytest.mark.parametrize(
    ("challenge", "password", "answer"),
    [
        ('Basic realm="x"', "s3cret", "Basic bGF5bGE6czNjcmV0"), ("basic", "s", "Basic bGF5bGE6cw=="),
        ('Basic realm="x"', "", None), ("Negotiate", "s3cret", None), ("", "s3cret", None),
        ('Digest realm="r", nonce="n", algorithm=SHA-512-256', "s3cret", None),
        ('Digest realm="r", nonce="n"', "", None),
    ],
)  # fmt: skip
def test_a_login_is_given_to_those_schemes_that_are_known(challenge, password, answer):
    assert answered(challenge, password) == answer


@pytest.mark.parametrize(
    ("named", "algorithm"), [("", "md5"), ("MD5", "md5"), ("SHA-256", "sha256"), ("sha-256", "sha256")]
)
@pytest.mark.parametrize("quality", [False, True])
def test_a_digest_proves_the_password(named, algorithm, quality):
    challenge = 'Digest realm="r", nonce="n"' + ', opaque="o"' * quality + ', qop="auth"' * quality
    answer = answered(challenge + (f", algorithm={named}" if named else ""))
    assert answer is not None and answer.startswith("Digest ")
    said = urllib.request.parse_keqv_list(urllib.request.parse_http_list(answer.removeprefix("Digest ")))

    def digest(*parts: str) -> str:
        return hashlib.new(algorithm, ":".join(parts).encode()).hexdigest()

    middle = ("n", "00000001", said["cnonce"], "auth") if quality else ("n",)
    response = digest(digest("layla", "r", "s3cret"), *middle, digest("POST", "/ipp"))
    expected = {"username": "layla", "realm": "r", "nonce": "n", "uri": "/ipp", "response": response}
    expected |= {"opaque": "o", "cnonce": said.get("cnonce"), "qop": "auth", "nc": "00000001"} if quality else {}
    assert said == expected | ({"algorithm": named} if named else {})
    assert not quality or re.fullmatch(r"[0-9a-f]{16}", said["cnonce"])
    assert not quality or answered(challenge) != answered(challenge)  # a number that is used once


def test_a_pinned_certificate_is_known_by_its_fingerprint():
    found = hashlib.sha256(b"certificate").hexdigest()
    for pin in ("", found, found.upper(), ":".join(re.findall("..", found.upper()))):
        Login(fingerprint=pin).check(b"certificate")
    with pytest.raises(Untrusted, match=f"the fingerprint of the certificate is {found}"):
        Login(fingerprint=found[:-1] + ("0" if found[-1] != "0" else "1")).check(b"certificate")
