"""The Markdown dialect of the authoring format: CommonMark with notes and tables, without anything that hides text."""

from __future__ import annotations

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from masthead.formats.markdown.syntax import COUNTED, REVISIONS

RAISED = "raised"
"""The type of a token of superscript text, `^er^`, which is its content."""
TOO_DEEP = "too_deep"
"""The type of a node that replaces blocks nested too deeply: the parser would drop them without an error."""

INLINE_NOTE = "inline_note"
"""The type of a token of a note that is written where it is called."""
_MAX_DEPTH = 20  # levels; a quote counts as one, a list with its item as two
LEAVES = {"^": "raised", "~": "lowered"}
"""The types of the tokens of superscripts and subscripts, by their signs."""
_LEAF = re.compile(r"([\^~])((?:[^\^~\\\s\[\]]|\\.){1,100})\1")
_ENDS = re.compile("<(br|p) {0,2}/?>")
_ATTACHED = re.compile(r"\w{1,100}~")
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\){0,3}\\.$")
_COUNTED_NUMBER = re.compile(r"^([ >]*)#\.(?=[ \t]|$)", re.MULTILINE)
_TYPED_NUMBER = re.compile(r"^([ >]*)([٠-٩۰-۹０-９]{1,3})([.)．）])(?=[ \t])", re.MULTILINE)
_REVISION = re.compile(
    "(?P<opening>{})|{}".format(*("|".join(re.escape(pair[side]) for pair in REVISIONS.values()) for side in (0, 1)))
)
_NOTE_CALL = re.compile(r"\[\^([^\]\s]{1,40})\]")


def parse(text: str) -> list[SyntaxTreeNode]:
    """Return the blocks of `text`. A node with inline content has its tokens in `meta["spans"]`.

    A list item whose number is counted, `#.`, has COUNTED as its `info`.
    """
    typed = _TYPED_NUMBER.sub(_western, text)
    counted = _COUNTED_NUMBER.sub(_first, typed)
    tokens = _MARKDOWN.parse(counted)
    if counted is not typed:
        lines = typed.split("\n")
        for token in tokens:
            if token.type == "list_item_open" and token.map and _COUNTED_NUMBER.match(lines[token.map[0]]):
                token.info = COUNTED if token.info == "1" else token.info
    # Inline tokens stay out of the tree: emphasis may be nested more deeply than Python's stack allows.
    for token in tokens:
        token.meta["spans"], token.children = token.children, None
    return SyntaxTreeNode(tokens).children


def _first(mark: re.Match[str]) -> str:
    """Return 1 for a number that is counted: it begins a list even right after a line of text, unless it is alone."""
    text, start, end = mark.string, mark.start(), mark.end()
    is_alone = not text[end : text.find("\n", end) % (len(text) + 1)].strip()
    before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
    return mark[0] if is_alone and before.strip(" >") else f"{mark[1]}1."


def _western(number: re.Match[str]) -> str:
    """Return the number of a paragraph, typed in the digits of any script, as Markdown has it, in as many columns."""
    return f"{number[1]}{int(number[2]):0{len(number[2])}}{unicodedata.normalize('NFKC', number[3])}"


def parse_spans(text: str) -> list[Token]:
    """Return the tokens of inline `text`."""
    return _MARKDOWN.parseInline(text)[0].children or []


def _read_note_call(state: StateInline, silent: bool) -> bool:
    """Read a note call, `[^1]`. The plugin's own rule takes quadratic time, as it searches the rest of the text."""
    found = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def _read_inline_note(state: StateInline, silent: bool) -> bool:
    """Read a note where it is called, `^[text]`: a token of type INLINE_NOTE with its text as content."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        state.push(INLINE_NOTE, "", 0).content = state.src[state.pos + 2 : end]
    state.pos = end + 1
    return True


def _read_leaf(state: StateInline, silent: bool) -> bool:
    """Read a superscript, `^2^`, or a subscript, `~2~`, which have no markup in them."""
    found = _LEAF.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if found[1] == "~" and _is_no_subscript(state.src, found):
        return False
    if not silent:
        state.push(LEAVES[found[1]], "", 0).content = unescapeAll(found[2])
    state.pos = found.end()
    return True


def _is_no_subscript(text: str, found: re.Match[str]) -> bool:
    """Return whether tildes are those of ~~struck out~~ text, or the first one means "about": ~CO~2~."""
    before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    is_escaped = _ESCAPED.search(text, max(found.start() - 9, 0), found.start()) is not None
    if after == "~" or (before == "~" and not is_escaped):
        return True
    return not before.isalnum() and found[2].isalnum() and _ATTACHED.match(text, found.end()) is not None


def _read_end(state: StateInline, silent: bool) -> bool:
    """Read the end of a line, `<br>`, or of a paragraph, `<p>`."""
    found = _ENDS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("line_end" if found[1] == "br" else "paragraph_end", "", 0)
    state.pos = found.end()
    return True


def _read_revision(state: StateInline, silent: bool) -> bool:
    """Read where text that one of two versions has begins or ends: `{++added++}`, `{--removed--}`."""
    found = _REVISION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    ends = state.env.setdefault(f"revisions {id(state.tokens)}", set())
    if opening := found["opening"]:
        kind = next(kind for kind, (before, _) in REVISIONS.items() if before == opening)
        end = state.src.find(REVISIONS[kind][1], found.end())
        if end < 0:
            return False
        if not silent:
            ends.add(end)
            state.push("revision_open", "", 1).meta = {"kind": kind}
    elif state.pos not in ends:
        return False
    elif not silent:
        state.push("revision_close", "", -1)
    state.pos = found.end()
    return True


def _mark_depth(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Replace blocks that are nested too deeply with one node of type TOO_DEEP."""
    if state.level < _MAX_DEPTH:
        return False
    state.push(TOO_DEEP, "", 0).map = [line, end]
    state.line = end
    return True


def _markdown() -> MarkdownIt:
    """Return the parser. Link definitions, HTML and bare addresses are off, since each of them can hide text."""
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_DEPTH + 2}).enable("table")
    markdown.disable(["reference", "text_join"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False).disable("footnote_ref")
    markdown.block.ruler.before("table", "depth", _mark_depth)
    markdown.inline.ruler.before("link", "note_call", _read_note_call)
    markdown.inline.ruler.before("link", "leaf", _read_leaf)
    markdown.inline.ruler.before("link", "inline_note", _read_inline_note)
    markdown.inline.ruler.before("autolink", "end", _read_end)
    markdown.inline.ruler.before("emphasis", "revision", _read_revision)
    # Every address passes: the reader refuses unsuitable ones with a place, the parser would print them as text.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    for ruler in (markdown.core.ruler, markdown.block.ruler, markdown.inline.ruler, markdown.inline.ruler2):
        ruler.getRules("")  # compiles the rules now: at first use, other threads would find some of them missing
    return markdown


_MARKDOWN = _markdown()
