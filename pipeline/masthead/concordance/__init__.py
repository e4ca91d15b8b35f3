"""Language versions of one document set side by side, and where they do not say the same."""

from masthead.concordance.alignment import Version, align
from masthead.concordance.comparison import Concordance, Disagreement, concord

__all__ = ["Concordance", "Disagreement", "Version", "align", "concord"]
