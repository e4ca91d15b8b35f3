"""What documents refer to, in six languages: recognised as values, written again, listed with their places."""

from masthead.references.citation import Citation, Found, Kind
from masthead.references.linking import Link, Linker
from masthead.references.listing import Entry, references
from masthead.references.recognition import citations, cited, organs_named
from masthead.references.units import Unit, units
from masthead.references.writing import write

__all__ = [
    "Citation",
    "Entry",
    "Found",
    "Kind",
    "Link",
    "Linker",
    "Unit",
    "citations",
    "cited",
    "organs_named",
    "references",
    "units",
    "write",
]
