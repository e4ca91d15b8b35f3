"""Footnotes without the lines of the text that calls them.

Lines under and through text do not go on into what floats out of it (CSS Text Decoration 3, 2.1). WeasyPrint draws
those of the text in which a footnote is called through the whole footnote. Here only the call has them.
"""

from __future__ import annotations

from masthead.typesetting.engine.patching import patched, replace
from masthead.typesetting.engine.weasyprint.formatting_structure import build

_NOTE = "        if style['footnote_display'] == 'block':\n"
_CALL = "            call_style = style_for(footnote.element, 'footnote-call')\n"


def apply() -> None:
    """Put the repair into WeasyPrint."""
    changes = (
        (_NOTE, "        style['text_decoration_line'] = 'none'\n" + _NOTE),
        (_CALL, _CALL + "            call_style['text_decoration_line'] = style['text_decoration_line']\n"),
    )
    replace(build.element_to_box, patched(build, "element_to_box", *changes))
