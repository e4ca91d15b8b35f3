"""The press room: what a printer needs, and signatures.

In: typeset pages or finished PDFs. Out: PDF/X press copies, imposed sheets, print jobs and signed files. Sub-packages:
`imposition` puts pages on sheets, `printing` sends files to print queues. Only this room signs files (PAdES, with
pyHanko), manages colours (LittleCMS, through Pillow) and uses the Internet Printing Protocol.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
