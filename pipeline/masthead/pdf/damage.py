"""The errors that readers raise on a damaged file."""

from __future__ import annotations

import pikepdf
from pypdf.errors import PyPdfError

# Damage shows as any of these, deep inside a reader.
DAMAGE = (pikepdf.PdfError, PyPdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError)
