"""Signs that no bundled font has, or that have no meaning in Unicode, printed as the signs that they look like.

Word writes a bullet from its font Symbol as U+F0B7, and other programs copy it as text. Such code points (U+F020 to
U+F0FF) belong to the font: no other font draws them, and no search finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from masthead.document import Document, Finding, Severity, model

# By the encoding of Symbol (PDF 32000-1, annex D.5), but for bullets that usually come from Wingdings.
_SIGNS = str.maketrans(
    {
        "\u2e30": "◦",  # ring point, which the Council's files have as a bullet
        "\uf02d": "−",
        "\uf06d": "μ",
        "\uf076": "❖",
        "\uf0a3": "≤",
        "\uf0a7": "▪",
        "\uf0a8": "◦",
        "\uf0b0": "°",
        "\uf0b1": "±",
        "\uf0b3": "≥",
        "\uf0b4": "×",
        "\uf0b7": "•",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
    }
)
_UNPRINTED = ("metadata", "findings")
_REPLACED = re.compile(f"[{''.join(map(chr, _SIGNS))}]")


def with_unicode_signs(value: Any) -> Any:
    """Return a document, or a part of one, with the signs that its pages print, in its texts and its marks."""
    return _printed(value) if any(True for _ in _found(value)) else value


def replaced_signs(document: Document) -> tuple[Finding, ...]:
    """Return a finding for each sign in the document that is printed as another one."""
    return tuple(
        Finding(
            f"U+{ord(char):04X} is printed as {char.translate(_SIGNS)}",
            hint=f"type {char.translate(_SIGNS)} instead",
            rule="symbol-font",
            severity=Severity.NOTE,
        )
        for char in dict.fromkeys(_found(document))
    )


def _found(value: object) -> Iterator[str]:
    """Yield the signs in the texts and marks of a value."""
    if isinstance(value, tuple):
        for each in value:
            yield from _found(each)
    elif isinstance(value, model.Text):
        yield from _REPLACED.findall(value.text)
    else:
        for name in model.field_names(type(value)):
            inner = getattr(value, name)
            if inner and name not in _UNPRINTED and (name == "mark" or not isinstance(inner, str)):
                yield from _REPLACED.findall(inner) if name == "mark" else _found(inner)


def _printed(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_printed, value))
    if isinstance(value, model.Text):
        return model.Text(value.text.translate(_SIGNS))
    if is_dataclass(value) and not isinstance(value, type):
        named = {part.name: getattr(value, part.name) for part in fields(value) if part.init}
        changed = {name: (_mark if name == "mark" else _printed)(inner) for name, inner in named.items()}
        return replace(value, **changed)
    return value


def _mark(mark: Any) -> Any:
    return mark.translate(_SIGNS) if isinstance(mark, str) else mark
