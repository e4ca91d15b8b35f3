"""The desk: a server on which a section works, with an HTTP API and one page in the browser (`masthead serve`).

`record` keeps what was submitted, `making` makes it, `intake` reads what is sent, `views` are the functions of the
workers, `prints` prints, `tokens` and `gate` say who may do what, and `state` has all of them while the desk runs.
`api` is the table of the operations, which are in `access`, `sources`, `judgement` and `events`. `page` is the page in
the browser, and `server` runs all of it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
