from .places import text_of as text_of
from .reference_list import references as references
from .renumbering import Renumbered as Renumbered
from .renumbering import renumber as renumber
from .tracing import source_lines as source_lines
