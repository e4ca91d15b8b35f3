"""The output intent of a file names the colours of its profile, which can be read."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handmade import findings
from tiny import Change, tiny

UNREADABLE = "the colour profile of the output intent cannot be read"


def profile(colours: bytes, *, length: int = 128, signature: bytes = b"acsp") -> bytes:
    """An ICC profile of 128 bytes: its length, its colours at 16, its signature at 36 (ICC.1, 7.2)."""
    return length.to_bytes(4, "big") + bytes(12) + colours + bytes(16) + signature + bytes(88)


def intent(name: str, data: bytes | None) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        held = {} if data is None else {"DestOutputProfile": file.make_stream(data)}
        made = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String(name), **held)
        file.Root.OutputIntents = Array([made])

    return change


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("sRGB IEC61966-2.1", profile(b"RGB "), []),
        ("FOGRA39", profile(b"CMYK"), []),
        ("sRGB IEC61966-2.1", profile(b"CMYK"),
         ["the output intent is named sRGB IEC61966-2.1, but its profile is for CMYK"]),
        ("FOGRA39", profile(b"RGB "), ["the output intent is named FOGRA39, but its profile is for RGB"]),
        ("CGATS21_CRPC6", profile(b"RGB "), ["the output intent is named CGATS21_CRPC6, but its profile is for RGB"]),
        ("Own colours", profile(b"GRAY"), []),
        ("sRGB", profile(b"RGB ", length=129), [UNREADABLE]),
        ("sRGB", profile(b"RGB ", length=127), []),
        ("sRGB", profile(b"RGB ", signature=b"acsx"), [UNREADABLE]),
        ("sRGB", b"", [UNREADABLE]),
        ("sRGB", None, ["the file has no output intent with a colour profile"]),
    ],
)  # fmt: skip
def test_the_profile_of_an_output_intent_has_the_colours_that_it_is_named_for(
    name: str, data: bytes | None, expected: list[str]
) -> None:
    assert [each.message for each in findings(tiny(intent(name, data)), "archive.colour")] == expected
