"""pypdf's ciphers, imported when the first encrypted file is read: few files are, and the import takes 16 ms.

This is for processes of Masthead that have one thread: no other one finds the module half replaced.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_CIPHERS = "pypdf._crypt_providers._cryptography"


def defer_ciphers() -> None:
    """Have pypdf import its ciphers when one is used, unless they have been imported."""
    if find_spec("cryptography"):
        sys.modules.setdefault(_CIPHERS, _DeferredCiphers(_CIPHERS))


class _DeferredCiphers(ModuleType):
    """A module of functions and classes that is imported when one of them is first called."""

    crypt_provider = ("cryptography", "")  # for pypdf's report on versions

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for by the import system
            raise AttributeError(name)
        return lambda *given, **named: getattr(self._imported(), name)(*given, **named)

    def _imported(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)
