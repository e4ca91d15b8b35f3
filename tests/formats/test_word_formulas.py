"""Formulas of Word on one line of text."""

from __future__ import annotations

import pytest
from lxml import etree

from masthead.formats.word.formulas import FormulaPiece, read_formula

_NAMES = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def written(pieces: list[FormulaPiece]) -> str:
    """The pieces with `^` before each raised one and `_` before each lowered one."""
    return " ".join(("", "^", "_")[piece.level] + piece.text for piece in pieces)


A, B, AB = (f"<m:e>{run(text)}</m:e>" for text in ("a", "b", "a+b"))
SUB, SUP, LIM = (f"<m:{name}>{run(text)}</m:{name}>" for name, text in (("sub", "i"), ("sup", "2"), ("lim", "n")))


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        (run("x") + run("=1"), "x=1"),
        (f"<m:f><m:num>{run('a')}</m:num><m:den>{run('1,000.5')}</m:den></m:f>", "a/1,000.5"),
        (f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('c')}</m:den></m:f>", "(a+b)/c"),
        (f"<m:f><m:num><m:sSup>{A}{SUP}</m:sSup></m:num><m:den>{run('c')}</m:den></m:f>", "(a ^2 )/c"),
        (
            f'<m:f><m:fPr><m:type m:val="noBar"/></m:fPr><m:num>{run("a")}</m:num><m:den>{run("b")}</m:den></m:f>',
            "ab",
        ),
        (f"<m:rad><m:deg>{run('3')}</m:deg>{AB}</m:rad>", "^3 √(a+b)"),
        (f"<m:rad>{A}</m:rad>", "√a"),
        (f"<m:nary>{SUB}{SUP}{A}</m:nary>", "∫ _i ^2 a"),
        (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{SUB}{A}</m:nary>', "∑ _i a"),
        (f"<m:d>{A}{B}</m:d>", "(a|b)"),
        (
            f'<m:d><m:dPr><m:begChr m:val="["/><m:sepChr m:val=";"/><m:endChr m:val=""/></m:dPr>{A}{B}</m:d>',
            "[a;b",
        ),
        (f"<m:sSup>{A}{SUP}</m:sSup>", "a ^2"),
        (f"<m:sSub>{A}{SUB}</m:sSub>", "a _i"),
        (f"<m:sSubSup>{A}{SUB}{SUP}</m:sSubSup>", "a _i ^2"),
        (f"<m:limLow>{A}{LIM}</m:limLow>", "a _n"),
        (f"<m:limUpp>{A}{LIM}</m:limUpp>", "a ^n"),
        (f"<m:sPre>{SUB}{SUP}{A}</m:sPre>", "_i ^2 a"),
        (f"<m:acc>{A}</m:acc>", "a\u0302"),
        (f'<m:acc><m:accPr><m:chr m:val="\u0303"/></m:accPr>{A}</m:acc>', "a\u0303"),
        (f"<m:func><m:fName>{run('sin')}</m:fName>{A}</m:func>", "sin a"),
        (f"<m:m><m:mr>{A}{B}</m:mr><m:mr>{B}{A}</m:mr></m:m>", "a, b; b, a"),
        (f"<m:eqArr>{A}{B}</m:eqArr>", "a; b"),
        (f"<m:box><m:boxPr>{run('no')}</m:boxPr>{A}</m:box>", "a"),
        ("<m:r/><m:r><m:t/></m:r>", ""),
    ],
)
def test_a_formula_is_a_line(xml: str, line: str) -> None:
    assert written(read_formula(etree.fromstring(f"<m:oMath {_NAMES}>{xml}</m:oMath>"))) == line
