"""What a worker has in memory before its first document: importing this module imports all of it."""

from masthead import preflight, publication
from masthead.batch import work
from masthead.preflight import report

__all__ = ["preflight", "publication", "report", "work"]
