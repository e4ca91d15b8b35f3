"""Names and hints for Markdown blocks in a place where a document cannot have them."""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode

from masthead.formats.itemization import Marks
from masthead.formats.markdown.commonmark import TOO_DEEP

_NAMES = {
    "blockquote": "a block quote",
    "bullet_list": "a list of subparagraphs without a paragraph",
    "code_block": "an indented line",
    "fence": "code",
    "heading": "a heading",
    "hr": "a horizontal rule",
    "ordered_list": "a numbered list inside another",
    "paragraph": "a second paragraph",
    "table": "a table",
    TOO_DEEP: "text in so many quotes and lists",
}
_HINTS = {
    "bullet_list": "put it below its paragraph",
    "code_block": "write it without indentation",
    "fence": "remove its fences; if they are meant as text, put a backslash before them",
    "hr": "remove it; if it is meant as text, put a backslash before it",
    "ordered_list": "write its items as subparagraphs: - {example} …",
    "paragraph": "join it to the one before, or write - {example} … if it is a subparagraph",
    TOO_DEEP: "write it in fewer",
}
_OTHER_HINT = "write it without indentation, after the list"


def name(node: SyntaxTreeNode) -> str:
    """Return the name of a block for a message."""
    return _NAMES.get(node.type, node.type)


def hint(node: SyntaxTreeNode, marks: Marks, number: int | None) -> str:
    """Return how to correct a block that is inside a list, or after the paragraph with this `number`."""
    degree = max(1, _list_depth(node))
    text = node.children[0].content if node.type == "paragraph" else node.content
    mark = marks.item(text.lstrip()) if node.type in ("paragraph", "code_block") else None
    if mark and marks.ordinal(mark["mark"], degree):
        return f"write - {mark['mark']} … as far in as the text above it"
    if node.type == "bullet_list" and number is not None:
        return f"indent it by {len(f'{number}. ')} spaces, as far as the text of paragraph {number}"
    return _HINTS.get(node.type, _OTHER_HINT).format(example=marks.example(degree))


def _list_depth(node: SyntaxTreeNode) -> int:
    """Return how many lists contain `node`."""
    return (node.type == "list_item") + _list_depth(node.parent) if node.parent else 0
