"""What a worker has in memory before its first document: importing this module imports every stage.

The entrances of the rooms import a name when it is first used, so each stage is named here.
"""

from masthead.batch.deferral import defer_ciphers

defer_ciphers()  # before the stages import them

# ruff: noqa: E402
from masthead.batch.work import make
from masthead.formats import import_form
from masthead.page import mark_up
from masthead.preflight import check
from masthead.preflight.report import to_dict
from masthead.publication import publish
from masthead.typesetting import keep_sheets, typeset

for form in (".md", ".akn"):  # those of the sources that are attached to each PDF
    import_form(form)
keep_sheets()

__all__ = ["check", "make", "mark_up", "publish", "to_dict", "typeset"]
