"""What documents refer to, in six languages: recognised as values and written again."""

from masthead.references.citation import Citation, Found, Kind
from masthead.references.linking import Link, Linker
from masthead.references.recognition import citations, cited, organs_named
from masthead.references.units import Unit, units
from masthead.references.writing import write

__all__ = [
    "Citation",
    "Found",
    "Kind",
    "Link",
    "Linker",
    "Unit",
    "citations",
    "cited",
    "organs_named",
    "units",
    "write",
]
