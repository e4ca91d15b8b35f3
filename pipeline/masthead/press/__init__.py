"""The press room: typeset pages or finished PDFs in; PDF/X press copies, imposed sheets, print jobs and signatures out.

Sub-packages: `imposition` puts pages on sheets, `printing` sends files to print queues. Only this room knows PAdES
signing (pyHanko), colour management (LittleCMS, through Pillow) and the Internet Printing Protocol.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
