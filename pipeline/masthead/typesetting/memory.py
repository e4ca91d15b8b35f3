"""Caches that last from one document to the next, limited in bytes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from masthead.typesetting.engine.weasyprint.text.ffi import ffi, gobject

ffi.cdef("void *g_object_ref(void *object);")

Value = TypeVar("Value")

LIMIT = 24 * 2**20
"""Bytes of a cache: enough for a hundred documents or more."""

# Every property that the layout of a text by Pango depends on (WeasyPrint 70: text/line_break.py and text/fonts.py).
_TEXT_PROPERTIES = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning", "font_feature_settings"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_variation_settings", "font_language_override"),
    *("lang", "direction", "white_space", "letter_spacing", "word_spacing", "tab_size", "overflow_wrap", "word_break"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone"),
)


class Memory(Generic[Value]):
    """Values by key. When they exceed `limit` bytes, all are dropped; those in use are soon stored again."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit, self._size = limit, 0
        self._values: dict[Hashable, Value] = {}
        # Without a method of our own: words are asked for thousands of times in a document.
        self.get: Callable[[Hashable], Value | None] = self._values.get
        self._lock = threading.Lock()

    def keep(self, key: Hashable, value: Value, size: int) -> Value:
        """Cache `value`, which takes about `size` bytes; return it."""
        with self._lock:
            if self._size + size > self._limit:
                self._values.clear()
                self._size = 0
            self._values[key] = value
            self._size += size
        return value


def text_style(style: Any) -> str:
    """Return the properties of a style that its text depends on as a key, computed once for each style or style class.

    Of the values that a class shares (`pace.styles`), WeasyPrint changes only one of these later: `white-space`.
    """
    try:
        return style.pace_text  # type: ignore[no-any-return]
    except AttributeError:
        shared = getattr(style, "pace_class", None)
        texts = {} if shared is None else shared.texts
        spaces = style["white_space"]
        if spaces not in texts:
            texts[spaces] = repr([style[name] for name in _TEXT_PROPERTIES])
        style.pace_text = texts[spaces]
        return style.pace_text  # type: ignore[no-any-return]


def of(configuration: Any, name: str) -> Memory[Any]:
    """Return the cache `name` of a font configuration: results from one set of fonts are not valid for another."""
    try:
        return configuration.pace[name]  # type: ignore[no-any-return]
    except (AttributeError, KeyError):
        memories: dict[str, Memory[Any]] = configuration.__dict__.setdefault("pace", {})
        return memories.setdefault(name, Memory())


def forget(configuration: Any) -> None:
    """Empty the caches of a font configuration, as after a long document, which has filled them with its own lines."""
    configuration.__dict__.pop("pace", None)


def held(font: Any) -> Any:
    """Return a reference that keeps a Pango font alive: a cache could else find another font at its address."""
    return ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
