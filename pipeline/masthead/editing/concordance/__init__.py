"""Language versions of one document set side by side, and where they do not say the same."""

from masthead.editing.concordance.alignment import Version, align
from masthead.editing.concordance.comparison import Concordance, concord
from masthead.editing.concordance.disagreement import Disagreement
from masthead.editing.concordance.kinds import KINDS
from masthead.editing.concordance.page import line, to_dict, to_html
from masthead.editing.concordance.sources import read_version

__all__ = [
    "KINDS",
    "Concordance",
    "Disagreement",
    "Version",
    "align",
    "concord",
    "line",
    "read_version",
    "to_dict",
    "to_html",
]
