from . import view as view
from .closing import ClosingServer as ClosingServer
from .guard import listen as listen
from .review import Case as Case
from .review import Review as Review
from .run import RunView as RunView
from .run import shown as shown
from .watch import DocumentWatch as DocumentWatch
