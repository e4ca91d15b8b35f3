"""Language versions of one document set side by side, and where they do not say the same."""

from masthead.concordance.alignment import Version, align
from masthead.concordance.comparison import Concordance, concord
from masthead.concordance.disagreement import Disagreement
from masthead.concordance.kinds import KINDS
from masthead.concordance.page import line, to_dict, to_html
from masthead.concordance.sources import read_version

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
