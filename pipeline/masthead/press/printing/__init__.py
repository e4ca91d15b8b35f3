"""Printing: finished PDFs and a ticket in, print jobs that are followed to their end out.

`discovery` finds printers, `ticket` says how to print, `printers` asks a printer by IPP, `journal` records what was
sent, and `handover` uses the three so that nothing is printed twice. IPP is spoken with the standard library's HTTP
client.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
