"""Optimizations of WeasyPrint that leave every byte of the file as it is, each in a module of its own.

The function `apply` of a module puts its optimization into the copy in `engine`, once and for the life of the process.
What is cached from one document to the next belongs to the font configuration of the call (`configurations`), or is
shared by all threads and immutable; each cache is limited in bytes.
"""

from importlib import import_module

ALL = [
    import_module(f"{__name__}.{name}")
    for name in (
        *("percentages", "normal_flow", "backgrounds", "parsing", "stylesheets", "siblings", "cascades", "styles"),
        *("pseudo_elements", "margin_boxes", "page_styles", "walks", "reference_cycles", "drawings", "pdf_fonts"),
        *("streams", "widths"),
    )
]
"""The optimizations, in the order in which they are applied."""

__all__ = ["ALL"]
