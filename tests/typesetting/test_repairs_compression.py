"""Streams are compressed in fewer bytes than by pydyf."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf

from masthead import publication
from paths import EXAMPLES


def test_the_streams_of_a_file_take_fewer_bytes_than_zlib_makes_of_them() -> None:
    pdf = publication.typeset(EXAMPLES / "E_RES_2041_7.en.md")
    with pikepdf.open(BytesIO(pdf.data)) as file:
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream) and "/Filter" in each]
        written = [each.read_raw_bytes() for each in streams]
        assert len(written) > 10
        assert sum(map(len, written)) < sum(len(zlib.compress(each.read_bytes(), 9)) for each in streams)
