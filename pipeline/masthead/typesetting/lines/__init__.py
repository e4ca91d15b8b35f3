"""The lines of paragraphs, in place of WeasyPrint's: broken, filled, placed and drawn from the texts of `paragraphs`.

Each module with a function `apply` puts its part into the copy in `engine`, once and for the life of the process. First
fit makes every line as WeasyPrint makes it, to the last byte; lines that need more than is done here are left to it.
`even_lines` chooses all breaks of a paragraph together where a document asks for it. What is cached from one document
to the next belongs to the font configuration of the call (`configurations`).
"""

from masthead.typesetting.lines import break_opportunities, drawn, even_lines, placing, splits, struts

ALL = (splits, drawn, struts, break_opportunities, placing, even_lines)
"""The parts, in the order in which they are applied."""

__all__ = ["ALL"]
