"""HTML parsed by an XML parser, which is written in C, where it gives the same tree as the HTML parser.

The templates write HTML that is nearly XML: every element has an end tag, except those that never have one in HTML.
Where the rules of HTML would build another tree (an element that closes another, a table without its body, text that is
moved out of a table), or where the two parsers read characters differently, the HTML parser is used.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

import tinyhtml5

import masthead.typesetting.engine.weasyprint as weasyprint
from masthead.document import TypesettingError

VERSION = "2.1.0"  # of tinyhtml5: the only one that this is proven on

_PAGE = re.compile(r"<!DOCTYPE html>\s*(<html\b.*</body>(\s*)</html>(\s*))", re.DOTALL)
# Character references other than those of markup, declarations, line ends that XML would change, control characters.
_UNLIKE_XML = re.compile(
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
# The children that make the HTML parser neither close nor open another element; all other elements may have `_FLOW`.
_CHILDREN = {
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
_TEXTLESS = _GROUPS | _names("head table colgroup tr")


def parse(document: Any, **options: Any) -> Any:
    """Return the root element of a document, as tinyhtml5 reads it."""
    if isinstance(document, io.StringIO) and options == {"namespace_html_elements": False}:
        root = read(document.getvalue())
        if root is not None:
            return root
    return _stock_parse(document, **options)


def read(text: str) -> Element | None:
    """Return the root element of a page; None if it needs the HTML parser."""
    page = _PAGE.fullmatch(text)
    if page is None or _UNLIKE_XML.search(page[1]):
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
    if rest := page[2] + page[3]:  # HTML puts white space after the body into the body
        if len(body):
            body[-1].tail = (body[-1].tail or "") + rest
        else:
            body.text = (body.text or "") + rest
    return root


def _is_alike(element: Element, open_: frozenset[str]) -> bool:
    """Whether the HTML parser would give the same element with the same content.

    `open_` contains "a" and "p" where the element is within a link or a paragraph.
    """
    tag = element.tag
    if tag in _TEXTLESS and any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        return False
    if not all(name.islower() and name[0] != "{" for name in element.attrib) or (tag == "style" and element.text):
        return False
    allowed = _CHILDREN.get(tag, _FLOW)
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


_stock_parse: Callable[..., Any] = tinyhtml5.parse


def apply() -> None:
    """Put the optimization into WeasyPrint. Raises TypesettingError with another tinyhtml5."""
    if tinyhtml5.VERSION != VERSION:
        message = f"tinyhtml5 {tinyhtml5.VERSION} is installed, but only {VERSION} is proven"
        raise TypesettingError(message, hint=f"pip install tinyhtml5=={VERSION}")
    # WeasyPrint uses nothing else of the module; the module itself belongs to others too.
    weasyprint.tinyhtml5 = SimpleNamespace(parse=parse)
