"""What a worker has in memory before its first document: importing this module imports all of it.

WeasyPrint tries six names for each of its libraries, names of other systems first. Python asks the linker's cache and,
where they are installed, a compiler and a linker about each: over fifty programs are run before the seventh library is
open, a fifth of a second and more. The names that are files are among the six, so nothing is lost by not asking.
"""

import ctypes.util
import sys

_asked = ctypes.util.find_library
if sys.platform == "linux":
    ctypes.util.find_library = lambda name: None  # what is asked while WeasyPrint is imported, below
try:
    from masthead import preflight, publication, report
    from masthead.batch import work
finally:
    ctypes.util.find_library = _asked

__all__ = ["preflight", "publication", "report", "work"]
