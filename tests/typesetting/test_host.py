"""A program that uses Masthead finds WeasyPrint, its libraries and the process as they were before."""

from __future__ import annotations

import subprocess
import sys

import pytest

from paths import TOUCHSTONE

# Publishes a document, and one that fails.
PUBLISH = f"""
import hashlib
from pathlib import Path
from masthead.document import TypesettingError
from masthead.page import Html
from masthead.publication import publish
from masthead.typesetting import typeset
print("masthead", hashlib.sha256(publish({str(TOUCHSTONE)!r}).pdf.data).hexdigest())
try:
    typeset(Html('<html lang="en"><title>a</title><p style="font-family: Amiri; colour: red">a', Path()))
except TypesettingError as error:
    print("refused", error)
"""

# The page is of a kind that each repair of Masthead would change.
USE = """
import hashlib, weasyprint
page = '''<html lang="ar" dir="rtl"><style>@page { size: A6; @bottom-left { content: counter(pages) } }
p { text-align: justify } i { float: footnote } a::after { content: leader(dotted) }</style><title>a</title>
''' + '<p>\u0648\u0627\u062d\u062f one \u0627\u062b\u0646\u0627\u0646 <i>two</i> <a href="#x">three</a> ' * 60
data = weasyprint.HTML(string=page).write_pdf(pdf_identifier=b"a", pdf_variant="pdf/ua-1")
print("weasyprint", hashlib.sha256(data).hexdigest())
"""

# Notes what others can see of the process, and what is different later.
COMPARE = """
import ctypes.util, cffi, gc, logging, os, signal, sys, threading, warnings
import cssselect2, fontTools.ttLib, pydyf, pyphen, tinycss2, tinyhtml5, weasyprint, weasyprint.text.fonts

PACKAGES = "weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "fontTools", "cffi", "pyphen", "ctypes", "gc"

def attributes():
    found = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES:
            for key, value in list(vars(module).items()):
                found[name, key] = value
                if isinstance(value, type):
                    found.update(((name, key, each), attribute) for each, attribute in list(vars(value).items()))
    return found

def process():
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    return {
        "gc": (gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()),
        "environment": dict(os.environ),
        "loggers": {each.name: (each.level, each.handlers[:], each.propagate, each.disabled) for each in loggers},
        "cffi": sys.modules["cffi"],
        "warnings": warnings.filters[:],
        "threads": threading.active_count(),
        "folder": os.getcwd(),
        "signals": [signal.getsignal(each) for each in signal.valid_signals()],
    }

before, stock = process(), attributes()
exec(PUBLISH)
after, now = process(), attributes()
after["loggers"] = {name: after["loggers"][name] for name in before["loggers"]}
print("process", [key for key in before if before[key] != after[key]])
ignored = {"__warningregistry__", "__annotations_cache__", "__abc_registry__"}
print("attributes", [key for key in stock if key[-1] not in ignored and (key not in now or stock[key] is not now[key])])
modules = {name for name, *_ in stock}
print("new", [key for key in now if key not in stock and key[0] in modules and not hasattr(now[key], "__spec__")])
"""


# WeasyPrint alone may crash when Python ends (docs/upstream/libraries.md).
END = """
import os, sys
sys.stdout.flush()
os._exit(0)
"""


def lines(*parts: str) -> list[str]:
    """What a new process prints that runs the parts, one after the other."""
    program = f"PUBLISH = {PUBLISH!r}\n" + "\n".join((*parts, END))
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.fixture(scope="module")
def apart() -> list[str]:
    """What Masthead and WeasyPrint print in processes of their own."""
    return [*lines(PUBLISH), *lines(USE)]


@pytest.mark.parametrize("parts", [(PUBLISH, USE), (USE, PUBLISH), (USE, PUBLISH, USE)])
def test_weasyprint_and_masthead_do_not_affect_each_other(parts: tuple[str, ...], apart: list[str]) -> None:
    printed = lines(*parts)
    assert set(printed) == set(apart)
    assert len(apart) == 3


def test_nothing_that_others_use_is_changed() -> None:
    printed = dict(line.split(" ", 1) for line in lines(COMPARE))
    assert printed["process"] == "[]"
    assert printed["attributes"] == "[]"
    assert printed["new"] == "[]"


def test_logging_of_the_program_neither_hides_a_warning_nor_repeats_it() -> None:
    quiet = "import logging\nlogging.disable(logging.CRITICAL)\nlogging.getLogger('weasyprint').setLevel(logging.FATAL)"
    loud = "import logging, sys\nlogging.basicConfig(level=logging.DEBUG, stream=sys.stdout)"
    for setting in (quiet, loud):
        printed = lines(setting, PUBLISH)
        assert any("colour" in line for line in printed if line.startswith("refused"))
        assert not [line for line in printed if "weasyprint" in line]
