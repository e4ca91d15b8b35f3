"""What the marks of the authoring format mean, in a few words each: for text editors."""

from __future__ import annotations

from collections.abc import Mapping

MARKS: Mapping[str, str] = {
    "page break": "the author ends a page here",
    "comment:": "a comment, which is not printed: comment: ask the Secretariat",
    "include:": "the text of another file, in the folder of the source: include: parts/members.md",
    "page end": "a page of the printed original ended here",
    "fit": "how the text before it was fitted to its page by hand: fit lines 232, letters 4, above 20",
    "tab": "a column of a note begins here, so far from the edge of its text in twentieths of a point: tab 2840",
    "operative": "the paragraphs after it are operative",
    "preambular": "the paragraphs after it are preambular",
    "formula": "the paragraph after it is the enacting formula",
    "numbered": "the paragraphs after it are those of a report, with numbers",
    "plain": "the paragraphs after it have no role",
    "mark": "the printed mark of a paragraph, subparagraph, heading or annex, if it differs: mark (i)",
    "tail": "the text after the subparagraphs that ends their paragraph",
    "ornament": "a sign alone on its line, which divides the text",
    "empty": "in place of the text of a paragraph that has only a number or a mark",
    "part": "a part of a composite resolution: part 1",
    "table": "the number, the title and the options of the table after it: table 1, head 2, widths 40 20 20",
    "unit": "the unit of a table or figure, between its mark and itself",
    "remark": "a line below a table or figure: its source, a general note",
    "figure": "the number, the title and the options of the picture, table or CSV file after it: figure 1, columns",
    "box": "how far the box after it is moved, in twentieths of a point: box, indent 80",
    "section": "the paragraphs after it are numbered within this section: section 10",
    "landscape": "the pages after it are landscape",
    "portrait": "the pages after it are portrait: portrait, columns 2",
    "vote": "a recorded vote: three items after it",
    "contents": "a table of contents, down to this level, and with paragraphs: contents 2; contents 2, paragraphs",
    "annex": "the beginning of an annex: annex 1; annex 1, notes from 1 if its notes are counted from 1 again",
    "appendix": "the beginning of an appendix to the annex before it",
    "enclosure": "the beginning of an enclosure",
}
