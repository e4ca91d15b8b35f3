"""Signs of Word's font Symbol: code points without a meaning in Unicode, printed as the signs that the font draws.

Word writes a bullet from its font Symbol as U+F0B7, and other programs copy it as text. Such code points (U+F020 to
U+F0FF) belong to the font: no other font draws them, and no search finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masthead.document import Document, Finding, Severity, model

# By the encoding of Symbol (PDF 32000-1, annex D.5), but for bullets that usually come from Wingdings.
_SIGNS = str.maketrans(
    {
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


def with_unicode_signs(value: Any) -> Any:
    """Return a document, or a part of one, with the signs that its pages print for code points of Symbol."""
    return model.map_contents(value, _printed) if any(True for _ in _found(value)) else value


def replaced_signs(document: Document) -> tuple[Finding, ...]:
    """Return a finding for each code point of Symbol in the document."""
    return tuple(
        Finding(
            f"U+{ord(char):04X}, a code point of the font Symbol, is printed as {char.translate(_SIGNS)}",
            hint=f"type {char.translate(_SIGNS)} instead",
            rule="symbol-font",
            severity=Severity.NOTE,
        )
        for char in dict.fromkeys(_found(document))
    )


def _found(value: object) -> Iterator[str]:
    """Yield the code points of Symbol in a value of the model."""
    for content in model.contents(value):
        for char in model.plain(content):
            if "\uf020" <= char <= "\uf0ff" and ord(char) in _SIGNS:
                yield char


def _printed(content: model.Content) -> model.Content:
    return tuple(_inline(inline) for inline in content)


def _inline(inline: model.Inline) -> model.Inline:
    match inline:
        case model.Text(text):
            return model.Text(text.translate(_SIGNS))
        case model.Strong(inner):
            return model.Strong(_printed(inner))
        case model.Emphasis(inner):
            return model.Emphasis(_printed(inner))
        case _:
            return inline
