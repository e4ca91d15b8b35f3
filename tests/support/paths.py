"""Where the tests find the checkout, its examples and its documents."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SPECIMENS = EXAMPLES / "specimens"
ORGANIZATIONS = EXAMPLES / "organizations"
TOUCHSTONE = EXAMPLES / "E_RES_2017_18.ar.txt"
DOCS = ROOT / "docs"
DATA = ROOT / "tests" / "data"
