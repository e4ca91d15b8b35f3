"""What is remembered between documents: by text and style of text, bounded by bytes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeVar

from weasyprint.text.ffi import ffi, gobject

ffi.cdef("void *g_object_ref(void *object);")

Value = TypeVar("Value")

LIMIT = 24 * 2**20  # bytes of each memory in each process: some hundred documents

# Every property that Pango's work on a text depends on (WeasyPrint 70: text/line_break.py and text/fonts.py).
_TEXT = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning", "font_feature_settings"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_variation_settings", "font_language_override"),
    *("lang", "direction", "white_space", "letter_spacing", "word_spacing", "tab_size", "overflow_wrap", "word_break"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone"),
)


class Memory(Generic[Value]):
    """Values by key. When they pass `limit` bytes, all are forgotten: what is in use comes back soon."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit, self._size = limit, 0
        self._values: dict[Hashable, Value] = {}

    def get(self, key: Hashable) -> Value | None:
        return self._values.get(key)

    def keep(self, key: Hashable, value: Value, size: int) -> Value:
        """Remember `value`, which takes about `size` bytes; return it."""
        if self._size + size > self._limit:
            self._values.clear()
            self._size = 0
        self._values[key] = value
        self._size += size
        return value


def text_style(style: Any) -> str:
    """Return what Pango is told of a style, the same for equal ones: found once for each style, or class of styles.

    Of what a class shares (`masthead.typesetting.pace.styles`), WeasyPrint changes nothing here but `white-space`.
    """
    try:
        return style.pace_text  # type: ignore[no-any-return]
    except AttributeError:
        shared = getattr(style, "pace_class", None)
        texts = {} if shared is None else shared.texts
        spaces = style["white_space"]
        if spaces not in texts:
            texts[spaces] = repr([style[name] for name in _TEXT])
        style.pace_text = texts[spaces]
        return style.pace_text  # type: ignore[no-any-return]


def of(configuration: Any, name: str) -> Memory[Any]:
    """Return the memory `name` of a configuration of fonts: what other fonts gave is none of its business."""
    try:
        return configuration.pace[name]  # type: ignore[no-any-return]
    except (AttributeError, KeyError):
        memories: dict[str, Memory[Any]] = configuration.__dict__.setdefault("pace", {})
        return memories.setdefault(name, Memory())


def held(font: Any) -> Any:
    """Return a font of Pango's that lives as long as it is remembered: else its address might be another's."""
    return ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
