"""The errors that readers raise on a damaged file, and what they say of it."""

from __future__ import annotations

import re
import struct

import pikepdf
from pypdf.errors import PyPdfError

from masthead.pdf import confinement

# Damage shows as any of these, deep inside a reader. DependencyError is for a compression of pictures (JBIG2).
_OF_READERS = (pikepdf.PdfError, pikepdf.DependencyError, PyPdfError)
DAMAGE = (*_OF_READERS, ValueError, TypeError, LookupError, AttributeError, RuntimeError)


def damage_reason(error: Exception, size: int | None = None) -> str:
    """Return what an exception inside a reader says of a file, in words that follow “the file cannot be read: ”.

    `size` are the bytes of memory that the reader may take, if they are limited.
    """
    if isinstance(error, MemoryError) or "bad_alloc" in str(error):  # the name of the C++ exception
        return f"unpacking it takes more than {f'{size >> 30} GiB of memory' if size else 'the memory of this machine'}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply, or refers back to itself"
    if isinstance(error, struct.error):
        return "a part of it, usually a font, is shorter than it declares"
    return f"it is damaged ({_kind(error)}: {confinement.said(error)[:200]})"


def _kind(error: Exception) -> str:
    """The name of the exception's class in words, such as `data decoding` for `DataDecodingError`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower().removesuffix(" error")
