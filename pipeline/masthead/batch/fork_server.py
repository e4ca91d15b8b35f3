"""What the fork server imports: every stage, and silence about processes whose run has ended.

A process that is starting while its run is stopped does not find what the run gave it: that is no fault to report.
"""

import sys
from importlib import import_module
from types import TracebackType

from masthead.batch.limits import WORKER
from masthead.document import compiled, garbage

garbage.raise_gc_threshold()
compiled.keep()  # it opens no source, so it may add to the table
import_module(WORKER)
compiled.save()


def _report(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if not isinstance(error, EOFError | OSError):
        sys.__excepthook__(kind, error, traceback)


sys.excepthook = _report
