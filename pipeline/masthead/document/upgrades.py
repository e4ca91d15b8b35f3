"""Whether the files of Masthead were changed while this process runs, as by an upgrade: later imports are new."""

from __future__ import annotations

import time
from pathlib import Path

HINT = "Masthead was changed on the disk while it ran: start it again"
_PACKAGE = Path(__file__).parent.parent
_STARTED = time.time()


def happened(folder: Path = _PACKAGE, since: float = _STARTED) -> bool:
    """Return whether a module or template of the package was written since this process began.

    It reads the times of all files, so it is for those who already have an error to explain.
    """
    try:
        return any(path.stat().st_mtime > since for path in folder.rglob("*") if path.suffix in (".py", ".j2"))
    except OSError:  # a file was taken away meanwhile
        return True
