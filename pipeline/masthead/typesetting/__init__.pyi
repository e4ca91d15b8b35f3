from . import fonts as fonts
from .fonts import Face as Face
from .libraries import version_of as version_of
from .pace.stylesheets import keep_sheets as keep_sheets
from .pdf import Pdf as Pdf
from .pdf import PdfSource as PdfSource
from .typesetter import typeset as typeset
