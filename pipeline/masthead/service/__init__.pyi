from . import view as view
from .app import Case as Case
from .app import Review as Review
from .guard import bound as bound
from .watch import Watch as Watch
