"""HTML that XML's parser reads alike, read by it: that one is in C, and makes the tree directly.

What the templates write is HTML and nearly XML: every element ends, but those that HTML never ends. Where the rules of
HTML would make another tree of it (an element that ends another, a table without its body, text that moves out of one),
or where the two read characters differently, HTML's own parser is asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

import tinyhtml5

from masthead.document import TypesettingError
from masthead.typesetting.repairs.replacing import Repair, Replacement

VERSION = "2.1.0"  # of tinyhtml5, that this is proven on

_PAGE = re.compile(r"<!DOCTYPE html>\s*(<html\b.*</body>(\s*)</html>(\s*))", re.DOTALL)
# References to characters but those of markup, declarations, line ends that XML changes, controls.
_ODD = re.compile(
    r"""&(?!(?:amp|lt|gt|quot|\#34|\#39);)|<[!?]|="[^"]*?[\n\t]|='[^']*?[\n\t]"""
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)
_VOID = re.compile(r'<((?:meta|link|img|br|hr|wbr|col)(?:\s+[a-z-]+="[^"]*")*)\s*>')


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_BLOCKS = _HEADINGS | _names(
    "header main section article aside nav footer div p blockquote ul ol figure figcaption table hr"
)
_FLOW = _BLOCKS | _names("span b i em strong sup sub a img br wbr bdi bdo q cite small u s time abbr")
_GROUPS = _names("thead tbody tfoot")
# What may stand in an element without another being closed or opened for it; elsewhere anything of the flow.
_WITHIN = {
    "html": _names("head body"),
    "head": _names("meta title link style"),
    **dict.fromkeys(("title", "style"), frozenset[str]()),
    **dict.fromkeys(("ul", "ol"), _names("li")),
    "table": _GROUPS | _names("caption colgroup"),
    "colgroup": _names("col"),
    "tr": _names("td th"),
    **dict.fromkeys(_GROUPS, _names("tr")),
    **dict.fromkeys(_HEADINGS, _FLOW - _HEADINGS),
}
_BARE = _GROUPS | _names("head table colgroup tr")  # have no text of their own


def parse(document: Any, **options: Any) -> Any:
    """Return the root element of a document, as tinyhtml5 reads it."""
    if isinstance(document, io.StringIO) and options == {"namespace_html_elements": False}:
        root = read(document.getvalue())
        if root is not None:
            return root
    return _stock(document, **options)


def read(text: str) -> Element | None:
    """Return the root element of a page; None where HTML's rules are wanted."""
    page = _PAGE.fullmatch(text)
    if page is None or _ODD.search(page[1]):
        return None
    parser = XMLParser()
    try:
        parser.feed(_VOID.sub(r"<\1/>", page[1]))
        root: Element = parser.close()
    except ParseError:
        return None
    if [child.tag for child in root] != ["head", "body"] or not _is_alike(root, frozenset()):
        return None
    head, body = root
    if (root.text or "").strip() or (head.tail or "").strip():
        return None
    root.text, body.tail = None, None
    if rest := page[2] + page[3]:  # white space behind the body is put into it
        if len(body):
            body[-1].tail = (body[-1].tail or "") + rest
        else:
            body.text = (body.text or "") + rest
    return root


def _is_alike(element: Element, open_: frozenset[str]) -> bool:
    """Whether HTML's parser would leave the element and what is in it where they are; `open_` are the links and
    paragraphs that it stands in."""
    tag = element.tag
    if tag in _BARE and any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        return False
    if not all(name.islower() and name[0] != "{" for name in element.attrib) or (tag == "style" and element.text):
        return False
    allowed = _WITHIN.get(tag, _FLOW)
    if tag in ("p", "a"):
        open_ |= {tag}
    elif tag in ("td", "th", "caption"):
        open_ = frozenset()
    for child in element:
        if child.tag not in allowed or ("p" in open_ and child.tag in _BLOCKS) or (child.tag == "a" and "a" in open_):
            return False
        if not _is_alike(child, open_):
            return False
    return True


_stock: Callable[..., Any] = tinyhtml5.parse


def _replacements() -> tuple[Replacement, ...]:
    if tinyhtml5.VERSION != VERSION:
        raise TypesettingError(f"tinyhtml5 {tinyhtml5.VERSION} is installed", hint=f"pip install tinyhtml5=={VERSION}")
    return (Replacement(tinyhtml5, "parse", parse),)


PACE = Repair("parsing", _replacements)
