"""Pango's view of the project's fonts: WeasyPrint's font configurations, each used by one call at a time.

A configuration holds a Pango font map and the caches of `pace`. Neither may be used by two threads at once, and both
take time to create, so a call borrows a configuration that later calls use again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from masthead.document import TypesettingError
from masthead.typesetting.engine.weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from masthead.typesetting.engine.weasyprint.text.fonts import FontConfiguration
from masthead.typesetting.fonts import Fonts

ffi.cdef("""
    FcConfig *FcConfigCreate(void);
    FcBool FcConfigParseAndLoad(FcConfig *config, const FcChar8 *file, FcBool complain);
    FcBool FcConfigBuildFonts(FcConfig *config);
""")

current: ContextVar[BundledFontConfiguration] = ContextVar("current")
"""The configuration that this call has borrowed."""


class BundledFontConfiguration(FontConfiguration):  # type: ignore[misc]
    """A font configuration that knows `fonts` and none of the system's.

    `families` maps each name that style sheets may use to the family names inside its files. `substituted` holds, by
    family, the words that it drew though their style does not ask for it. `even_lines` says how lines are broken.
    """

    even_lines = False

    def __init__(self, fonts: Fonts) -> None:
        # As WeasyPrint does, but from a file that is named here: WeasyPrint leaves it to fontconfig, which reads an
        # environment variable that belongs to the whole process.
        self._config = fontconfig.FcConfigCreate()
        loaded = fontconfig.FcConfigParseAndLoad(self._config, os.fsencode(fonts.fontconfig), True)
        if not (loaded and fontconfig.FcConfigBuildFonts(self._config)):
            raise TypesettingError("fontconfig cannot read its configuration", where=str(fonts.fontconfig))
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map has a reference of its own
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}
        self.substituted: dict[str, dict[str, None]] = {}
        self.families: dict[str, set[str]] = {}
        for face in fonts.faces:
            self.families.setdefault(face.family, set()).add(face.face)


@contextmanager
def borrowed(fonts: Fonts) -> Iterator[BundledFontConfiguration]:
    """Borrow a configuration of `fonts` for the length of a call.

    Nothing that the call made with it may be left when it is given back. The traceback of an error keeps layouts alive:
    so after an error the configuration is dropped.
    """
    idle = _idle(fonts)
    try:
        configuration = idle.pop()
    except IndexError:  # the first call, or as many as there are configurations at work
        configuration = BundledFontConfiguration(fonts)
    configuration.substituted.clear()
    token = current.set(configuration)
    try:
        yield configuration
    finally:
        current.reset(token)
    idle.append(configuration)


@lru_cache(maxsize=2)
def _idle(fonts: Fonts) -> list[BundledFontConfiguration]:
    """The configurations of `fonts` that no call uses."""
    return []
