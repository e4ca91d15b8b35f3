"""PDFs that cannot be opened are errors that say why."""

from __future__ import annotations

import io

import pikepdf
import pytest

import masthead
from masthead import SourceError


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def test_a_page_without_a_size_is_damage() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        del pdf.pages[0].MediaBox
        data = saved(pdf)
    with pytest.raises(SourceError, match=r"the file is damaged: .*MediaBox"):
        masthead.check(data)


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_password_is_named_as_the_cause(revision: int) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        encryption = pikepdf.Encryption(owner="a", user="b", R=revision, aes=revision > 3, metadata=revision > 3)
        data = saved(pdf, encryption=encryption)
    with pytest.raises(SourceError, match="the file is password-protected"):
        masthead.check(data)
