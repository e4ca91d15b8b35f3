"""What documents refer to, in six languages: recognised as values, written again, resolved and judged."""

from masthead.references.citation import Citation, Found, Kind
from masthead.references.recognition import citations, cited, organs_named
from masthead.references.writing import write

__all__ = ["Citation", "Found", "Kind", "citations", "cited", "organs_named", "write"]
