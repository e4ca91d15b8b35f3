"""The Markdown that the authoring format stands on: CommonMark with notes and tables, without what would hide text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

TOO_DEEP = "too_deep"
"""A node in place of what stands deeper in quotes and lists than the parser follows, which would drop it unsaid."""

_DEEPEST = 20  # levels; a quote has one, a list two at once
_CALL = re.compile(r"\[\^([^\]\s]{1,40})\]")


def parse(text: str) -> list[SyntaxTreeNode]:
    """Return the blocks of `text`; the tokens of what is inline are in `meta["spans"]` of the node that holds them."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:  # the tree is of blocks: emphasis may nest deeper than Python's stack
        token.meta["spans"], token.children = token.children, None
    return SyntaxTreeNode(tokens).children


def parse_spans(text: str) -> list[Token]:
    """Return the tokens of inline `text`."""
    return _MARKDOWN.parseInline(text)[0].children or []


def _read_call(state: StateInline, silent: bool) -> bool:
    """Read a note call, `[^1]`. The plugin's own rule looks through the rest of the text for every `[^`."""
    found = _CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def _mark_depth(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    if state.level < _DEEPEST:
        return False
    state.push(TOO_DEEP, "", 0).map = [line, end]
    state.line = end
    return True


def _markdown() -> MarkdownIt:
    """CommonMark without what would hide text: link definitions, HTML, bare addresses; with notes and tables."""
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST + 2}).enable("table")
    markdown.disable(["reference", "text_join"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False).disable("footnote_ref")
    markdown.block.ruler.before("table", "depth", _mark_depth)
    markdown.inline.ruler.before("link", "note_call", _read_call)
    # Who reads links and pictures judges them.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


_MARKDOWN = _markdown()
