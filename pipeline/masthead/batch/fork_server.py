"""What the fork server imports: every stage, and silence about processes whose run has ended.

A process that is starting while its run is stopped does not find what the run gave it: that is no fault to report.
"""

import sys
from types import TracebackType

from masthead.batch import worker as worker


def _report(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if not isinstance(error, EOFError | OSError):
        sys.__excepthook__(kind, error, traceback)


sys.excepthook = _report
