"""The HTML of mixed paragraphs: which numbers need a box of their own, what stays together, where controls are."""

from __future__ import annotations

import re

import pytest

from masthead.document import Direction
from masthead.page.bidi import NUMBER_CLASS, UNIT_CLASS, Atom, Element, Node, isolate

LTR, RTL = Direction
CALL, PICTURE = Atom("<i></i>", "\u2060"), Atom("<img>")


def b(*children: Node) -> Element:
    return Element("b", (), children)


def element(direction: str, text: str, kind: str = "") -> Element:
    return Element("span", (*((("class", kind),) if kind else ()), ("dir", direction)), (text,))


@pytest.mark.parametrize(
    ("base", "nodes", "html"),
    [
        (RTL, ("نص 12 نص",), "نص 12 نص"),
        (RTL, ("نص ٥-٢ نص",), "نص ٥-٢ نص"),
        (RTL, ("نص 12,34 نص",), "نص 12,34 نص"),
        (RTL, ("نص 12, نص",), "نص 12, نص"),
        (RTL, ("نص ,1 نص",), "نص ,1 نص"),
        (RTL, ("نص 12:نص",), "نص 12:نص"),
        (RTL, ("نص 12,٣ نص",), "نص <ltr>12,٣</> نص"),
        (RTL, ("نص ٣/1 نص",), "نص <ltr>٣/1</> نص"),
        (RTL, ("نص 12-نص",), "نص <ltr>12</>-نص"),
        (RTL, ("نص -12 نص",), "نص -<ltr>12</> نص"),
        (RTL, ("نص 12% نص",), "نص <ltr>12</>% نص"),
        (RTL, ("نص 1\u200c2 نص",), "نص 1\u200c2 نص"),
        (RTL, ("نص ", b("12"), ",34"), "نص <ltr><b>12</b>,34</>"),
        (RTL, ("نص 1", b("2"), " نص"), "نص <ltr>1<b>2</b></> نص"),
        (RTL, ("نص 12", CALL, " نص"), "نص <ltr>12<i></i></> نص"),
        (RTL, ("نص 12", PICTURE, " نص"), "نص 12<img> نص"),
        (RTL, ("1", CALL, "2 نص"), "<ltr>1<i></i>2</> نص"),
        (LTR, ("AB ٢٠١٧ CD",), "AB ٢٠١٧ CD"),
        (LTR, ("AB نص ٢٠١٧ CD",), "AB <rtl>نص ٢٠١٧</> CD"),
        (LTR, ("AB (نص) AB 12 نص.",), "AB (<rtl>نص</>) AB 12 <rtl>نص</>."),
        (RTL, ("\u202bنص\u202c نص",), "<\u202bنص\u202c نص>نص نص</>"),
        (RTL, ("\u202aAB\u202c نص",), "<ltr><\u202aAB>AB</></><\u202c نص> نص</>"),
        (RTL, ("نص \u202a نص",), "<نص \u202aنص>نص نص</>"),
        (RTL, ("A\u202bنص\u202cB",), "<ltr>A<rtl><\u202bنص>نص</></><\u202cB>B</></>"),
        (RTL, ("ل\u202bا\u202c",), "<ل\u202bا\u202c>لا</>"),
        (RTL, ("ل\u202dا\u202c",), "ل<ltr>\u202dا\u202c</>"),
        (LTR, ("AB, نص \u202a12\u202c نص",), "AB, <rtl>نص</>< \u202a12\u202c > 12 </><rtl>نص</>"),
        (RTL, ("نص \u00ad ال\u00adنص",), "<نص \u00adال\u00adنص>نص النص</>"),
        (RTL, ("نص ", element("auto", "AB "), " نص"), "نص <ltr>AB </>نص"),
        (RTL, ("نص ", element("auto", "نص 1"), "2 نص"), "نص <span>نص <ltr>1</></><ltr>2</> نص"),
        (
            LTR,
            (element("rtl", "64/293", NUMBER_CLASS),),
            '<span class="number" dir="rtl"><ltr>64</></>\u200f/\u200f</><ltr>293</></>',
        ),
        (RTL, (element("ltr", "12 %", UNIT_CLASS),), '<span class="unit" dir="ltr">12 %</>'),
        (LTR, (element("rtl", "12 %", UNIT_CLASS),), '<span class="unit" dir="rtl"><ltr>12</> %</>'),
        (RTL, (" نص  ", b(" AB "), " \n نص "), "نص <b><ltr>AB</>< >\u200f </></b>نص"),
        (RTL, ("نص ", b(" "), " نص"), "نص نص"),
        (RTL, (" \u200f ",), "\u200f"),
        (RTL, ("ل", b("ا")), "لا"),
        (RTL, ("ل\u200cا",), "ل\u200cا"),
        (RTL, ("ل", b("\u064bا")), "ل\u064bا"),
        (RTL, ("ب", CALL, "\u0651 ت"), "ب\u0651<i></i> ت"),
        (LTR, ("AB\u0301", b("\u0301")), "AB\u0301\u0301"),
    ],
)
def test_the_directions_of_a_paragraph(base: Direction, nodes: tuple[Node, ...], html: str) -> None:
    """`<ltr>` is a span of that direction, `<12>` one with that text in the source, `</>` the end of any span."""
    (found,) = isolate(nodes, base)
    assert re.sub(r'<span (?:dir|data-text)="([^"]*)">', r"<\1>", found).replace("</span>", "</>") == html
