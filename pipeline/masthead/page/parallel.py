"""Two editions of a document side by side: the HTML of each is divided into pieces, which are put into two columns.

Each column is marked up as the edition of its language would be, by its own templates, words, digits and numbers. Here
nothing is computed again: the elements of the two pages are only placed in another frame, `parallel.html.j2`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from masthead.document import Document, NotePlace, Pagination, TemplateError, locales, model, organizations
from masthead.page import art
from masthead.page.markup import Attachment, Html, mark_up, template_folders
from masthead.page.templating import render

SHARE = 0.48
"""The part of the frame's width that a column has."""

_TEMPLATE = "parallel.html.j2"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]*)>")
_VOID = frozenset(("img", "br", "col", "link", "meta", "wbr", "hr"))
_CLASS = re.compile(r'\bclass="([^"]*)"')
_SHEET = '<link rel="stylesheet" href="css/{}.css">\n'
# What names an element, and what leads to a name, within the page.
_NAMED = re.compile(r'\b(id="|data-part="|(?:href|data-target)="#)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?P<selectors>[^{}]+)\{(?P<body>[^{}]*)\}")
# The folios in the contents of the second column, in its digits.
_CONTENTS = """
:where(.of-{language}) .entry a::after {{ content: leader(dotted) target-counter(attr(href), page, folio-beside) }}
:where(.of-{language}) .entry[data-target] a::after {{ content: none }}
:where(.of-{language}) .entry[data-target]::after {{
  content: leader(dotted) target-counter(attr(data-target), page, folio-beside);
}}
"""
_AT_RULE = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]|\{[^{}]*\})*\}")
_COMMA = re.compile(r",(?![^()]*\))")

_PARAGRAPHS = frozenset((*map(str, model.Role), "item", "tail"))
_BLOCKS = frozenset(("part", "figure", "box", "vote", "closing"))
_ANNEX = ("annex-mark", "annex-title")


@dataclass(frozen=True, slots=True)
class ColumnPiece:
    """One or more elements of a page that belong together, such as a table with its caption and notes.

    `kind` is that of the unit (`document.references.Unit`) that it begins with: `operative`, `item`, `heading`,
    `table`, `annex`. The end of a sentence after subparagraphs is a `tail`, all before the first unit the `front`.
    """

    kind: str
    html: Markup


@dataclass(frozen=True, slots=True)
class TextColumn:
    """The text of one edition: its document, the HTML of its own pages, its masthead by the class of its parts, and its
    pieces.
    """

    document: Document
    html: Html
    masthead: dict[str, Markup]
    pieces: tuple[ColumnPiece, ...]

    @property
    def language(self) -> str:
        return str(self.document.language)

    @property
    def direction(self) -> str:
        return str(self.document.language.direction)


def text_column(document: Document, *, emblem: art.Emblem | None = None) -> TextColumn:
    """Return the text of an edition for a column. Its pages end where they are full, and all are portrait.

    Raises what `mark_up` raises, and TemplateError if its template has no masthead or main element.
    """
    document = replace(
        document,
        pagination=Pagination.FLOW,
        note_place=NotePlace.PAGE,
        body=_without_layouts(document.body),
        annexes=tuple(replace(annex, body=_without_layouts(annex.body)) for annex in document.annexes),
    )
    html = mark_up(document, emblem=emblem, share=SHARE)
    text = _NAMED.sub(rf"\g<1>{document.language}-", html.text)
    head = {kind.split()[0]: Markup(element) for kind, element in _elements(_inside(text, "header"))}
    return TextColumn(document, html, head, tuple(_pieces(_inside(text, "main"))))


def join_columns(
    first: TextColumn,
    second: TextColumn,
    rows: Iterable[tuple[int | None, int | None]],
    attachments: tuple[Attachment, ...] = (),
) -> Html:
    """Return the HTML of a parallel edition. A row is a piece of each column by its index, None where one has none.

    The page is that of the first document, whose direction decides on which side it is.
    """
    columns = (first, second)
    pairs = [
        [
            column.pieces[at] if at is not None else ColumnPiece("", Markup(""))
            for column, at in zip(columns, row, strict=True)
        ]
        for row in rows
    ]
    text = render(
        _TEMPLATE,
        *template_folders(),
        head=Markup(_head(first, second)),
        body=Markup(_opening_tag(first.html.text, "body")),
        columns=columns,
        pairs=[{"kind": next(filter(None, (each.kind for each in pair)), ""), "pieces": pair} for pair in pairs],
        styles=Markup("\n".join((_page_rules(first), *map(_scoped, columns), _folios(second)))),
    )
    findings = dict.fromkeys((*first.html.findings, *second.html.findings))
    return replace(first.html, text=text, attachments=attachments, findings=tuple(findings), even=False)


def _without_layouts(blocks: Sequence[model.Block]) -> tuple[model.Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, model.Layout))


def _head(first: TextColumn, second: TextColumn) -> str:
    """Return the head of the first page with the sheets of both, without those of scripts, which are for one column."""
    head, others = (_inside(column.html.text, "head") for column in (first, second))
    for column in (first, second):
        head = head.replace(_SHEET.format(_script(column)), "")
    sheets = [line for line in others.splitlines(keepends=True) if line.startswith('<link rel="stylesheet"')]
    own = [_SHEET.format(_script(second)), _SHEET.format(f"digits-{second.document.digits}")]
    return head + "".join(sheet for sheet in sheets if sheet not in head and sheet not in own)


def _script(column: TextColumn) -> str:
    return str(locales.load(column.document.language).word("type", "sheet"))


def _sheet(name: str) -> str:
    path = organizations.current().find(f"css/{name}.css")
    return _COMMENT.sub("", path.read_text("utf-8"))


def _page_rules(column: TextColumn) -> str:
    """Return the rules about pages in the style sheet of a column's script."""
    return "\n".join(_AT_RULE.findall(_sheet(_script(column)))).replace("../art/", "art/")


def _folios(column: TextColumn) -> str:
    digits = _sheet(f"digits-{column.document.digits}").replace("folio", "folio-beside")
    return digits + _CONTENTS.format(language=column.language)


def _scoped(column: TextColumn) -> str:
    """Return the sheet of a column's script with rules that apply in the column only, as specific as they were."""
    scope = f":where(.of-{column.language})"

    def scoped(selector: str) -> str:
        selector = selector.strip()
        return scope if selector == "html" else f"{scope} {selector}"

    def rule(found: re.Match[str]) -> str:
        return f"{', '.join(map(scoped, _COMMA.split(found['selectors'])))} {{{found['body']}}}"

    return _RULE.sub(rule, _AT_RULE.sub("", _sheet(_script(column)))).strip()


def _opening_tag(text: str, name: str) -> str:
    return next((found[0] for found in _TAG.finditer(text) if found["name"] == name and not found["end"]), f"<{name}>")


def _inside(text: str, name: str) -> str:
    """Return what is inside the first element of that name. Raises TemplateError if there is none."""
    for found in _TAG.finditer(text):
        if found["name"] == name and not found["end"]:
            return text[found.end() : text.rindex(f"</{name}>")]
    raise TemplateError(f"a parallel edition needs the element <{name}> of each page", hint="see base.html.j2")


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Yield the outermost elements of a text, each with its classes."""
    depth, start, kind = 0, 0, ""
    for found in _TAG.finditer(text):
        if not depth and not found["end"]:
            classes = _CLASS.search(found["attributes"])
            start, kind = found.start(), (classes[1] if classes else "") or found["name"]
        if found["name"] not in _VOID:
            depth += -1 if found["end"] else 1
        if not depth:
            yield kind, text[start : found.end()]


def _pieces(text: str) -> Iterator[ColumnPiece]:
    """Yield the pieces of the text in `main`."""
    held: list[str] = []
    kind = "front"
    for classes, element, starts in _parts(text):
        if starts:
            yield ColumnPiece(kind, Markup("".join(held)))
            held, kind = [], starts
        if classes != "end":
            held.append(element)
    yield ColumnPiece(kind, Markup("".join(held)))


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each element with its classes and the kind of the piece that it begins, if it begins one.

    The elements of an annex are yielded one by one, each in an element of the annex's kind.
    """
    before = ""
    for classes, element in _elements(text):
        if "annex" in classes.split():
            tag, is_first = _opening_tag(element, "div"), True
            for inner, each in _elements(element[len(tag) : -len("</div>")]):
                begun = _begins(inner, before)
                if is_first:
                    begun = "annex"
                elif inner.split()[0] in _ANNEX:
                    begun = ""
                yield inner, f"{tag}{each}</div>", begun
                is_first, before = False, inner
                tag = re.sub(r' id="[^"]*"', "", tag)
        else:
            empty = classes == "closing" and "<p" not in element
            yield classes, element, "" if empty else _begins(classes, before)
            before = classes


def _begins(classes: str, before: str) -> str:
    """Return the kind of piece that an element of these classes begins after one of the others; empty for none."""
    names, above = classes.split(), before.split()
    first = names[0] if names else ""
    if "continued" in names:
        return ""
    if first in _PARAGRAPHS or first in _BLOCKS:
        return first
    if first.startswith("heading-"):
        return "heading"
    captioned = "caption" in above
    return "table" if not captioned and (first == "caption" or _is_table(classes)) else ""


def _is_table(classes: str) -> bool:
    """Whether an element without a caption before it is a table: its classes are those of one, or its name is."""
    kinds = {
        "table",
        "short",
        "fixed",
        "spaced",
        "small-head",
        "variance",
        "top",
        "inset",
        "dense",
        "denser",
        "crammed",
    }
    return bool(kinds.intersection(classes.split()))
