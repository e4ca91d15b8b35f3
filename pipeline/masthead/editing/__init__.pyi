from .places import text_of as text_of
from .reference_list import references as references
from .tracing import source_lines as source_lines
