"""What Markdown knows and a document has no place for where it stands: its name, and what to do about it."""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode

from masthead.formats.itemization import Marks
from masthead.formats.markdown.commonmark import TOO_DEEP

_NAMES = {
    "blockquote": "a block quote",
    "bullet_list": "a list of sub-paragraphs that belongs to no paragraph",
    "code_block": "an indented line",
    "fence": "code",
    "heading": "a heading",
    "hr": "a rule",
    "ordered_list": "a numbered list inside another",
    "paragraph": "a second paragraph",
    "table": "a table",
    TOO_DEEP: "a text in so many quotes and lists",
}
_HINTS = {
    "bullet_list": "put it below its paragraph",
    "code_block": "write it without indentation",
    "fence": "take its fences out; if they are meant as text, put a backslash before them",
    "hr": "take it out; if it is meant as text, put a backslash before it",
    "ordered_list": "write its items as sub-paragraphs: - {example} …",
    "paragraph": "join it to the one before, or write - {example} … where it is a sub-paragraph",
    TOO_DEEP: "write it in fewer",
}
_OTHERWISE = "write it without indentation, behind the list"


def name(node: SyntaxTreeNode) -> str:
    """Return what `node` is called."""
    return _NAMES.get(node.type, node.type)


def hint(node: SyntaxTreeNode, marks: Marks, number: int | None) -> str:
    """Return what to do about `node`, which stands in a list or behind the paragraph of that `number`."""
    degree = max(1, _degree(node))
    text = node.children[0].content if node.type == "paragraph" else node.content
    mark = marks.item(text.lstrip()) if node.type in ("paragraph", "code_block") else None
    if mark and marks.ordinal(mark["mark"], degree):
        return f"write - {mark['mark']} … as far in as the text above it"
    if node.type == "bullet_list" and number is not None:
        return f"let it stand {len(f'{number}. ')} spaces in, as far as the text of paragraph {number}"
    return _HINTS.get(node.type, _OTHERWISE).format(example=marks.example(degree))


def _degree(node: SyntaxTreeNode) -> int:
    """The lists that `node` stands in."""
    return (node.type == "list_item") + _degree(node.parent) if node.parent else 0
