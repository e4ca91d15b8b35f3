from . import signing as signing
from . import variant as variant
