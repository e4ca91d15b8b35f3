"""Takes from a process what a worker does not need: other files of the machine, and the network (Linux, Landlock).

A source that exploits a fault in a library then finds neither secrets to print nor anybody to send them to. The rights
are given up for good, for this process and its children. The numbers are those of linux/landlock.h; the system calls
have the same numbers on every architecture. Older kernels confine less: see `covers`.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from masthead.document import assets, cache, compiled

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH, _NO_NEW_PRIVILEGES = 1, 1, 38
_READ = 0b1101  # execute, read a file, list a folder
_FILES_BY_VERSION = {1: 13, 2: 14, 3: 15, 5: 16}  # how many rights on files each version of Landlock knows
_NETWORK_SINCE, _NETWORK = 4, 0b11  # bind and connect TCP
_SYSTEM = ("/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/opt")


def version() -> int:
    """Return the version of Landlock that the kernel has; 0 if it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def covers() -> str:
    """Return what workers on this machine are kept from, in words; empty if they are not confined."""
    found = version()
    return "" if not found else "other files and the network" if found >= _NETWORK_SINCE else "other files"


def confine(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Leave this process these folders, what Python and Masthead consist of, and no network, if the kernel can do so.

    Folders that do not exist are left out. Raises OSError if the kernel refuses.
    """
    if not (known := version()):
        return
    rights = (1 << max(count for since, count in _FILES_BY_VERSION.items() if since <= known)) - 1
    network = _NETWORK if known >= _NETWORK_SINCE else 0
    # What a newer kernel knows of is not asked for: an older one takes a shorter structure.
    attributes = struct.pack("=QQ", rights, network) if network else struct.pack("=Q", rights)
    ruleset = _checked(_call(_CREATE_RULESET, attributes, len(attributes), 0))
    try:
        for folders, allowed in (((*_own(), *readable), _READ), ((Path("/dev"), cache_folder(), *writable), rights)):
            for folder in dict.fromkeys(each for each in folders if each and each.is_dir()):
                _allow(ruleset, folder, allowed)
        _checked(_libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _checked(_call(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def cache_folder() -> Path | None:
    """Return Masthead's folder in the user's cache, made if need be; None if there is none."""
    try:
        (folder := cache.folder()).mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder


def _own() -> Iterable[Path]:
    """The folders of Python, its libraries and Masthead, those of the system, and what style sheets are parsed into."""
    named = (sys.prefix, sys.base_prefix, *filter(None, sys.path), *_SYSTEM)
    yield from (*map(Path, named), Path(__file__).parent.parent, assets.TEMPLATES, assets.FONTS)
    with contextlib.suppress(RuntimeError):  # the user has no home folder
        yield cache.folder(compiled.FOLDER) / compiled.SHEETS


def _allow(ruleset: int, folder: Path, rights: int) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, descriptor)
        _checked(_call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
    finally:
        os.close(descriptor)


def _call(*arguments: object) -> int:
    result: int = _libc().syscall(*(ctypes.c_long(each) if isinstance(each, int) else each for each in arguments))
    return result


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


@functools.cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library
