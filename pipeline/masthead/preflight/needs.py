"""What a rule needs of a file. A profile leaves out the rules whose needs the files that it is for cannot meet."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """What a file must have, or be meant for, so that a rule applies to it."""

    LAYOUT = "pages on which text is in the same place as in the reading copy"
    SCREEN = "what paper lacks: a text layer, links, tags, metadata"
    STRUCTURE = "a structure tree"
    METADATA = "XMP metadata"
    CLAIM = "a claim to conform to PDF/A"
    SOURCE = "the source as an attachment"
    PRESS = "being meant for a printer"
    OWN_SHEET = "pages that are not on a sheet with others, which has their marks and cuts them at its clips"
    VERAPDF = "the time to run veraPDF"
    TAGGING = "being published since tagged files are required"
    OUR_TAGS = "tags, links and author as Masthead writes them: in reading order, tables and masthead included"
    OUR_FONTS = "the fonts that Masthead bundles"
    EMBEDDING = "every font as part of the file"
    DESCRIPTIONS = "alternative texts, tagged headings and notes, bookmarks, page labels, metadata of the document"
    RECYCLING_TEXT = "the recycling words as text"
    SYMBOL_LINKS = "links on all symbols"
