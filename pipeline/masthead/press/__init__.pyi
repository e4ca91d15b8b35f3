from .pdfx import STANDARDS as STANDARDS
from .pdfx import add_bleed as add_bleed
from .pdfx import make_press_copy as make_press_copy
from .signing import sign as sign
