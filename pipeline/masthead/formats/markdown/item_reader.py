"""Lists of a Markdown body into the subparagraphs of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from masthead.document import Locale, SourceError, model
from masthead.document.references import Citation, Kind
from masthead.formats.itemization import Marks, out_of_order
from masthead.formats.markdown.commonmark import parse_spans
from masthead.formats.markdown.node_reader import NodeReader
from masthead.formats.markdown.part_numbers import PartNumbers
from masthead.formats.markdown.syntax import COUNTED, EMPTY, read_label, read_printed_mark
from masthead.formats.record import Record

_COUNTED_ITEM = re.compile(r"\(#\)(?: |$)")
_LABEL_FIRST = re.compile(r"\{#([a-z0-9-]+)\}(?: |$)")


class MarkdownItemReader:
    """Reads the lists of one source. `misplaced` returns the error of a node that a list cannot have."""

    def __init__(
        self,
        locale: Locale,
        record: Record,
        nodes: NodeReader,
        numbers: PartNumbers,
        misplaced: Callable[[SyntaxTreeNode], SourceError],
    ) -> None:
        self.locale, self.record = locale, record
        self.marks = Marks(locale)
        self._nodes, self._numbers, self._misplaced = nodes, numbers, misplaced

    def items(
        self, lists: Iterable[SyntaxTreeNode], degree: int, before: int = 0, cited: Citation | None = None
    ) -> tuple[model.Item, ...]:
        """Return the subparagraphs of lists, each after its mark: `- (a) …`. `before` counts those before the lists.

        `cited` is the paragraph to which the subparagraphs belong, if texts can refer to them.
        """
        items: list[model.Item] = []
        for node in lists:  # a list with other signs, * for -, goes on
            items += self._list(node, degree, items[-1].ordinal if items else before, cited)
        return tuple(items)

    def parts(self, node: SyntaxTreeNode) -> tuple[list[SyntaxTreeNode], list[SyntaxTreeNode]]:
        """Return the paragraphs of a list item and the lists after them.

        Anything else in it is refused and left out; a numbered paragraph has only one paragraph.
        """
        if not node.children:
            self._refuse("a list item without text", node, "write its text after its mark")
        is_numbered = node.info != "" and not _is_item(node)
        parts: list[SyntaxTreeNode] = []
        for child in node.children:
            before = parts[-1].type if parts else ""
            kind = "bullet_list" if _is_counted_list(child) else child.type
            follows = "bullet_list" if before else "paragraph"
            is_later = kind == "paragraph" and not is_numbered and before not in ("bullet_list", "ordered_list")
            if kind != follows and (not is_later or self.marks.item(child.children[0].content)):
                self.record.refuse(self._misplaced(child))
            else:
                parts.append(child)
        paragraphs = [child for child in parts if child.type == "paragraph"]
        return paragraphs, parts[len(paragraphs) :]

    def _list(self, node: SyntaxTreeNode, degree: int, before: int, cited: Citation | None) -> Iterator[model.Item]:
        for position, child in enumerate(node.children, before + 1):
            paragraphs, lists = self.parts(child)
            if not paragraphs:
                continue
            paragraph, *others = paragraphs
            later = tuple(map(self._nodes.content, others))
            printed, _ = read_printed_mark(paragraph.children[0].content)
            if printed is not None:
                before = self.marks.next_ordinal(printed, degree, before)
                name, _, content = self._nodes.marked_content(paragraph)
                self._label(name, cited, before, child)
            else:
                before, content = self._item(child, paragraph, degree, position, before, cited)
            content = model.join_paragraphs((content, *later))
            yield model.Item(before, content, self.items(lists, degree + 1), printed)

    def _item(
        self,
        node: SyntaxTreeNode,
        paragraph: SyntaxTreeNode,
        degree: int,
        position: int,
        before: int,
        cited: Citation | None,
    ) -> tuple[int, model.Content]:
        """Return the ordinal of an item, which has no printed mark, and the content of its first paragraph."""
        line, nodes = self._nodes.line(node), self._nodes
        name, text = read_label(paragraph.children[0].content)
        if node.info == COUNTED or (counted := _COUNTED_ITEM.match(text)):
            text = text if node.info == COUNTED else text[counted.end() :]  # type: ignore[union-attr]
            own, text = ("", text) if name else read_label(text)
            self._label(name or own, cited, before + 1, node)
            return before + 1, nodes.text(text, line)
        tokens = paragraph.children[0].meta["spans"]
        if name:
            tokens = paragraph.children[0].meta["spans"] = parse_spans(text)
        mark = self.marks.item(tokens[0].content) if tokens and tokens[0].type == "text" else None
        ordinal = self.marks.ordinal(mark["mark"], degree) if mark else None
        if mark is None or ordinal is None:
            hint = f"write - {self.marks.example(degree)} and its text; - <!-- mark X --> if the mark is another one"
            self._refuse("a subparagraph without a mark", node, hint)
            return before + 1, nodes.content(paragraph)
        if ordinal != before + 1:
            self.record.report(line, out_of_order(mark["mark"]))
        correct = self.locale.item_mark(position, degree, self.locale.language.digits)
        self._numbers.item(cited, (ordinal, position), (mark["mark"], correct), line)
        tokens[0].content = tokens[0].content[mark.end() :]
        if not name and (named := _LABEL_FIRST.match(tokens[0].content)):
            name, tokens[0].content = named[1], tokens[0].content[named.end() :]
        self._label(name, cited, ordinal, node)
        return ordinal, () if tokens[0].content == EMPTY else nodes.content(paragraph)

    def _label(self, name: str, cited: Citation | None, ordinal: int, node: SyntaxTreeNode) -> None:
        """Record the label of a subparagraph."""
        citation = Citation(Kind.PARAGRAPH, f"{cited.value}({ordinal})") if cited else None
        self._numbers.label(name, citation, self._nodes.line(node))

    def _refuse(self, message: str, node: SyntaxTreeNode, hint: str) -> None:
        self.record.refuse(self.record.error_in(self._nodes.line(node), message, hint))


def _is_item(node: SyntaxTreeNode) -> bool:
    """Return whether an item of a numbered list is inside another list, so that it is a subparagraph."""
    outer = node.parent.parent if node.parent else None
    return outer is not None and outer.type == "list_item"


def _is_counted_list(node: SyntaxTreeNode) -> bool:
    """Return whether a list numbers its items by itself, as subparagraphs inside a paragraph may: `#.`."""
    return node.type == "ordered_list" and all(item.info == COUNTED for item in node.children)
