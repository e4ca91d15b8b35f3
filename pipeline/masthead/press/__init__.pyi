from .pdfx import STANDARDS as STANDARDS
from .pdfx import for_paper as for_paper
from .pdfx import make_press_copy as make_press_copy
from .signing import Witness as Witness
from .signing import check_certificate as check_certificate
from .signing import sign as sign
from .spot import SpotInk as SpotInk
