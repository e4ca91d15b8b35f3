"""What a worker has in memory before its first document: importing this module imports all of it."""

from masthead import preflight, publication, report
from masthead.batch import work

__all__ = ["preflight", "publication", "report", "work"]
