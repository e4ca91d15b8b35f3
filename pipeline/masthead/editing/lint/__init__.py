"""The editor's eye: what a document's source breaks of the rules it is written by."""

from masthead.editing.lint.check import check, check_document
from masthead.editing.lint.configuration import FILE, Configuration, configure
from masthead.editing.lint.fixing import Edit, apply, diff, edits
from masthead.editing.lint.report import line, to_dict, to_sarif
from masthead.editing.lint.rules import CITING, RULES, Rule
from masthead.editing.lint.slip import Slip

__all__ = [
    "CITING",
    "FILE",
    "RULES",
    "Configuration",
    "Edit",
    "Rule",
    "Slip",
    "apply",
    "check",
    "check_document",
    "configure",
    "diff",
    "edits",
    "line",
    "to_dict",
    "to_sarif",
]
