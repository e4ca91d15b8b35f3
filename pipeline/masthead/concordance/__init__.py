"""Language versions of one document set side by side, and where they do not say the same."""

from masthead.concordance.alignment import Version, align
from masthead.concordance.comparison import Concordance, Disagreement, concord
from masthead.concordance.page import to_dict, to_html
from masthead.concordance.sources import read_version

__all__ = ["Concordance", "Disagreement", "Version", "align", "concord", "read_version", "to_dict", "to_html"]
