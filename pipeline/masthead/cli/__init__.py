"""The command line: one module for each group of commands.

In: arguments. Out: the result on standard output, messages on standard error, an exit code. Only this room imports
Typer.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
