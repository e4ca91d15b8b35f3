from . import fonts as fonts
from .fonts import Face as Face
from .libraries import version_of as version_of
from .typesetter import Pdf as Pdf
from .typesetter import typeset as typeset
