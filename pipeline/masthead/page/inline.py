"""Turn inline content into HTML, with directions isolated by `bidi`.

A note is placed at its first call, from where CSS floats it to the foot of the page; later calls link to it. A
reference links to its document. Other links (`document.references.linking`) look like the text around them, as print
only marks documents. Latin text in a document of another script is marked as English, by the custom of UN documents.
Words of a script that the document's faces lack get a class, and so does punctuation that Chinese shares with Latin but
draws differently (`type.own_marks` of the locale).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from masthead.document import (
    Direction,
    Document,
    Language,
    Locale,
    TemplateError,
    model,
    numbers,
    printed_notes,
    printed_number,
    symbols,
)
from masthead.document.references import BODY, Link, Linker, Scope
from masthead.page import bidi
from masthead.page.bidi import Atom, Break, Element, Node
from masthead.page.digits import running_text
from masthead.page.entities import Entity, Piece, entities
from masthead.page.term_lists import SPACE_AT_END, has_columns, mark_up_columns
from masthead.page.wording import table_note_call

# Characters after which a line could end before a note call: any in Chinese, punctuation before the bracket in Arabic.
_BREAKABLE = {Language.CHINESE: re.compile("."), Language.ARABIC: re.compile(r"[^\w\s\u064b-\u065f\u0670]")}
# Words with their vowels: two or more in a row, the first two with marks on two letters or more. Their lines need more
# room; a single word with a mark, as print has them everywhere, does not change its line.
_LETTER, _VOWEL = "[\u0620-\u063a\u0640-\u064a\u0653-\u0655\u0671]", "[\u064b-\u0652\u0670]"
_MARKED = f"(?:{_LETTER}++{_VOWEL}++){{{{{{least}}}}}}+{_LETTER}*+"
_VOCALISED = f"{_MARKED.format(least='2,')} {_MARKED.format(least='2,')}(?: {_MARKED.format(least='1,')})*+"
_NOTHING = "(?!)"  # matches nowhere
_SPACE = "[ \u00a0\u202f]"
# Signs that a text face may lack: super- and subscript signs, letterlike signs, arrows, mathematical operators (but the
# minus, which belongs to its number), pictures of controls, shapes. Style sheets list the faces that draw them.
_SIGNS = "\u2071\u207a-\u208e\u2100-\u214f\u2190-\u2211\u2213-\u23ff\u2400-\u2426\u2500-\u27bf\u27c0-\u2bff"
_SIGN = f"[{_SIGNS}]+"
# Latin words, beginning with one of two letters or more, with the punctuation between them.
_LATIN_RUN = re.compile(rf"[{numbers.LATIN}]{{2,}}(?:[ ,.'’\-–()&]{{1,3}}[{numbers.LATIN}]+)*")
_LATIN_WORDS = re.compile(rf"[“\"]?(?:[{numbers.LATIN}]\.[ \u00a0]?)*+[{numbers.LATIN}]{{2}}")
# Letters that no face of the document's own style has: typesetting finds a face, style sheets give them a size.
_ARABIC = "\u0600-\u06ff\u0750-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_WESTERN = "\u0370-\u05ff\u1f00-\u1fff"  # Greek to Hebrew, which the Latin face has
_EASTERN = "\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
_FOREIGN = {Language.ARABIC: _WESTERN + _EASTERN, Language.CHINESE: ""}
_LABELLED = re.compile(r"\w+ \S*[^\W_]\S*\Z")  # the last two words
# The space parts the words for readers of the file.
_LINE_END = Atom(f"{SPACE_AT_END}<br>", ends_line=True)
_FOREIGN_RUNS = re.compile(f"(?P<class_whole>{numbers.UNBROKEN})|(?P<class_sign>{_SIGN})")


@dataclass(frozen=True, slots=True)
class _Bound:
    """The character before a note call, and the call. They stay on one line."""

    content: tuple[Piece | _Bound, ...]


class Endnote(NamedTuple):
    """A note after the text: its number in the model, its mark, and its HTML."""

    number: int
    mark: str
    html: Markup


class Inliner:
    """Turns the inline content of a document into HTML, in reading order: notes are placed at their first call.

    `page_ends` counts the page ends taken over from the printed original. Before each text is turned, `scope` must say
    where it is; before the cells of a table, `table` its key and `table_notes` the number of its notes.
    """

    def __init__(self, document: Document, locale: Locale) -> None:
        self._locale = locale
        self._digits = document.digits
        self._language = document.language
        self._direction = document.language.direction
        self._breaks = document.pagination is model.Pagination.SOURCE
        self.page_ends = 0
        self._notes = {(note.number, note.asterisk): note for note in document.notes}
        self._printed = printed_notes(document)
        self._at_end = document.note_place is model.NotePlace.END
        self._called: dict[tuple[int, bool], Scope] = {}  # the first calls in order, with the scope of each
        self._document, self.scope = document, BODY
        self.table, self.table_notes = "", 0
        marks = str(locale.word("type", "own_marks"))
        latin = _LATIN_RUN.pattern if document.language.script != "Latn" else _NOTHING
        own = f"[{re.escape(marks)}]+" if marks else _NOTHING
        self._breakable = _BREAKABLE.get(document.language)
        self._before = re.compile(rf"(?<!\w){_any(locale.word('numbers', 'before'))}{_SPACE}\Z")
        arabic = _words(_ARABIC) if document.language is not Language.ARABIC else _NOTHING
        foreign = _FOREIGN.get(document.language, _EASTERN)
        other = _words(foreign) if foreign else _NOTHING
        kinds = {"lang_en": latin, "class_own": own, "class_whole": _together(locale), "class_sign": _SIGN}
        kinds |= {"class_arabic": arabic, "class_other": other}
        vocalised = {"class_vocalised": _VOCALISED} if document.language is Language.ARABIC else {}
        self._runs, self._vocalised = _runs(kinds | vocalised), _runs(vocalised)
        # Each run but one of words with their vowels has one of these characters. Most texts have none.
        letters = foreign + "".join(
            each for each, pattern in ((numbers.LATIN, latin), (_ARABIC, arabic)) if pattern != _NOTHING
        )
        self._marks = re.compile(rf"[\d{re.escape(marks)}{_SIGNS}{letters}]")

    @cached_property
    def links(self) -> Linker:
        """The links of the document: the whole of it is looked through when the first is asked for."""
        return Linker(self._document)

    def parts(self, content: Iterable[model.Inline]) -> tuple[Markup, ...]:
        """Return the HTML of a paragraph, divided at page ends."""
        shown = tuple(inline for inline in content if not isinstance(inline, model.Fit))
        return tuple(map(Markup, self._set(self._nodes(self._entities(self.links.link(shown, self.scope))))))

    def whole(self, content: Iterable[model.Inline]) -> Markup:
        """Return the HTML of content in one piece, ignoring page ends."""
        return Markup("").join(self.parts(model.unbroken(content)))

    def text(self, text: str) -> Markup:
        """Return the HTML of plain text."""
        return self.whole((model.Text(text),))

    def entry(self, text: str) -> Markup:
        """Return the HTML of plain text inside a link, without links of its own."""
        return Markup("").join(map(Markup, self._set(self._nodes(self._entities((model.Text(text),))))))

    def framed(self, content: model.Content, form: str) -> Markup:
        """Return the HTML of content inside a form of the locale, such as `[{text}]`."""
        before, after = form.split("{text}")
        return self.whole((model.Text(before), model.Emphasis(content), model.Text(after)))

    def symbol(self, text: str) -> Markup:
        """Return the HTML of a symbol whose parts go from right to left, for a place that is left to right."""
        node = Element("span", (("class", f"{bidi.NUMBER_CLASS} symbol-rtl"), ("dir", "rtl")), (text,))
        return Markup("").join(map(Markup, bidi.isolate((node,), Direction.LTR)))

    def number(self, number: str, text: str) -> Markup:
        """Return the HTML of `text` that contains a resolution number: `١٨/٢٠١٧ -`."""
        before, found, after = text.partition(number)
        nodes = (before, Element("span", (("class", bidi.NUMBER_CLASS),), (found,)), after) if found else (text,)
        return Markup("").join(map(Markup, self._set(nodes)))

    def _entities(self, content: Iterable[model.Inline | Link]) -> tuple[Piece, ...]:
        return entities(content, self._language, self._digits)

    def _set(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        """Return the HTML of one paragraph, divided at breaks."""
        return bidi.isolate(tuple(nodes), self._direction)

    def _nodes(
        self, content: Iterable[Piece | _Bound], *, foreign: bool = False, is_bound: bool = False
    ) -> Iterator[Node]:
        for inline in content if is_bound else _bound(_preceded(content, self._before), self._breakable):
            match inline:
                case _Bound(together):
                    yield Element("span", (("class", "bound"),), tuple(self._nodes(together, is_bound=True)))
                case model.Text(text):
                    yield from self._spans(text, foreign=foreign)
                case model.Strong(inner):
                    yield Element("b", (), tuple(self._nodes(inner, foreign=foreign)))
                case model.Emphasis(inner):
                    yield Element("i", (), tuple(self._nodes(inner, foreign=foreign)))
                case model.Revision(kind, inner):
                    yield self._revision(kind, tuple(self._nodes(inner, foreign=foreign)))
                case model.Raised(text):
                    yield Element("sup", (), (text,))
                case Entity(content=inner):
                    yield self._entity(inline, tuple(self._nodes(inner, foreign=True)))
                case model.Reference(text, target):
                    direction = (("dir", "rtl"),) if symbols.is_right_to_left(text) else ()
                    yield Element("a", (("class", _kind(inline)), ("href", target.address), *direction), (text,))
                case model.Hyperlink(text):
                    address, (free, held) = self.links.address(inline), _with_number_held(inline)
                    parts = (*self._spans(free, foreign=foreign), *held)
                    yield Element("a", (("class", "quiet"), ("href", address)), parts) if address else text
                case Link(inner, address):
                    children = tuple(self._nodes(inner, foreign=foreign))
                    yield Element("a", (("class", "quiet"), ("href", address)), children)
                case model.NoteCall():
                    yield Atom(self._call(inline))
                case model.TableNoteCall(ordinal):
                    mark = table_note_call(ordinal, self._locale)
                    if ordinal > self.table_notes:
                        raise undefined_note(mark)
                    yield self._table_call(ordinal, mark)
                case model.Lowered(text):
                    yield Element("sub", (), (text,))
                case model.LineEnd() | model.ParagraphEnd():
                    yield _LINE_END
                case model.Tab():
                    yield " "
                case model.PageEnd() if self._breaks:
                    self.page_ends += 1
                    yield Break()

    def _revision(self, kind: model.RevisionKind, children: tuple[Node, ...]) -> Element:
        """Return the element of text that one of two versions has. It is isolated: a number before it stays apart."""
        removed = kind in (model.RevisionKind.REMOVED, model.RevisionKind.MOVED_AWAY)
        moved = kind in (model.RevisionKind.MOVED_HERE, model.RevisionKind.MOVED_AWAY)
        attributes = [("class", "moved")] if moved else []
        if self._direction is Direction.RTL:
            attributes.append(("dir", str(self._direction)))
        return Element("del" if removed else "ins", tuple(attributes), children)

    def _entity(self, entity: Entity, children: tuple[Node, ...]) -> Element:
        """Return the element of a number: its direction, whether a line may end in it, and English for Latin words."""
        classes = {bidi.UNIT_CLASS: True, "whole": entity.is_whole, bidi.LATIN_CLASS: entity.kind in numbers.MACHINE}
        attributes = [("class", " ".join(name for name, holds in classes.items() if holds))]
        if entity.direction:
            attributes.append(("dir", str(entity.direction)))
        if entity.kind is numbers.NumberKind.LATIN and _LATIN_WORDS.match(running_text(entity.content, mask=False)):
            attributes.append(("lang", "en"))
        return Element("span", tuple(attributes), children)

    def _spans(self, text: str, *, foreign: bool) -> Iterator[Node]:
        """Yield the text, with an element around each run: the name of its group is the attribute and its value."""
        runs, end = _FOREIGN_RUNS if foreign else self._runs if self._marks.search(text) else self._vocalised, 0
        for run in runs.finditer(text):
            yield text[end : run.start()]
            name, _, value = str(run.lastgroup).partition("_")
            yield Element("span", ((name, value),), (run[0],))
            end = run.end()
        yield text[end:]

    def _call(self, call: model.NoteCall) -> str:
        number, key = call.number, (call.number, call.asterisk)
        name = f"note-{'x' * call.asterisk}{number}"
        mark = escape(self._mark(call))
        kind = " asterisk" * call.asterisk
        if key in self._called:
            return f'<a class="call{kind}" href="#{name}">{mark}</a>'
        if key not in self._notes:
            raise undefined_note(mark)
        self._called[key] = self.scope
        if self._at_end and not call.asterisk:
            return f'<a class="call" id="call-{number}" href="#{name}">{mark}</a>'
        html = self._body(self._notes[key])
        return (
            f'<span class="note{kind}" id="{name}" data-note="{number}" data-mark="{mark}" '
            f'dir="{self._direction}" lang="{self._language}">{html}</span>'
        )

    def endnotes(self) -> Iterator[Endnote]:
        """Yield the notes after the text in the order of their first calls, also those that notes call first."""
        for number, asterisk in (called := list(self._called)) if self._at_end else ():
            if not asterisk:
                note = self._notes[number, asterisk]
                yield Endnote(number, self._mark(note, of_note=True), Markup(self._body(note)))
            called += [each for each in self._called if each not in called]

    def _mark(self, call: model.NoteCall | model.Note, *, of_note: bool = False) -> str:
        """Return the mark that a call prints, or that of its note."""
        write = self._locale.note_mark if of_note else self._locale.call_mark
        return write(printed_number(call, self._printed), self._digits, asterisk=call.asterisk)

    def _table_call(self, ordinal: int, mark: str) -> Node:
        return Element("span", (("class", "table-note-call"),), (mark,))

    def _body(self, note: model.Note) -> str:
        """Return the HTML of the text of a note."""
        content, scope = model.unbroken(note.content), self._called[note.number, note.asterisk]
        if has_columns(content):
            return mark_up_columns(content, partial(self._text_of_note, scope=scope))
        return self._text_of_note(content, scope)

    def _text_of_note(self, content: model.Content, scope: Scope) -> str:
        """Return the HTML of the text of a note, a paragraph or a column of it.

        A citation in the other direction is one isolate, including its full stop. A note with nothing but symbols is
        not such a citation: symbols are the same in all languages, and the full stop belongs to the language of the
        document.
        """
        foreign = _is_foreign(model.plain(_without_references(content)), self._direction)
        linked = self.links.link(content, scope)
        body = tuple(self._nodes(linked if foreign else self._entities(linked), foreign=foreign))
        way, language = ("ltr", "en") if self._direction is Direction.RTL else ("rtl", "ar")
        (html,) = self._set((Element("span", (("dir", way), ("lang", language)), body),) if foreign else body)
        return html


def _kind(reference: model.Reference) -> str:
    """Return the class of a reference: a symbol or part of one, a number, or words."""
    text = reference.text
    if symbols.is_right_to_left(text):
        return f"{bidi.NUMBER_CLASS} symbol-rtl"
    if reference.is_symbol or re.search("[A-Z]/|^/", text):
        return "symbol"
    return "" if re.search(r"[^\W\d]", text) else bidi.NUMBER_CLASS


def _with_number_held(link: model.Hyperlink) -> tuple[str, tuple[Element, ...]]:
    """Return the text of a link, and apart what stays on one line at the end of one to a label: `table 2`."""
    found = _LABELLED.search(link.text) if link.address.startswith("#") else None
    if found is None:
        return link.text, ()
    return link.text[: found.start()], (Element("span", (("class", "whole"),), (found[0],)),)


def _preceded(content: Iterable[Piece | _Bound], words: re.Pattern[str]) -> Iterator[Piece | _Bound]:
    """Yield `content` with each reference bound to the word before it that stays with its number: `و 1546 (2004)`."""
    held: model.Text | None = None
    for inline, following in pairwise((*content, None)):
        if held and inline:
            yield _Bound((held, inline))
            held = None
        elif (
            isinstance(inline, model.Text)
            and isinstance(following, model.Reference)
            and (found := words.search(inline.text)) is not None
            and following.text[:1].isdigit()
        ):
            held = model.Text(found[0])
            if found.start():
                yield model.Text(inline.text[: found.start()])
        elif inline:
            yield inline


def _bound(content: Iterable[Piece | _Bound], breakable: re.Pattern[str] | None) -> Iterator[Piece | _Bound]:
    """Yield `content` with each note call bound to the character before it, if a line could end between the two."""
    if breakable is None:
        yield from content
        return
    held: Piece | _Bound | None = None
    for inline, following in pairwise((*content, None)):
        if isinstance(inline, model.NoteCall) and held is not None:
            together = _Bound((held, inline))
            held = together if isinstance(following, model.NoteCall) else None
            if held is None:
                yield together
        elif isinstance(following, model.NoteCall) and inline is not None and breakable.match(_last_character(inline)):
            before, held = _without_last_character(inline)
            if before is not None:
                yield before
        elif inline is not None:
            yield inline


def _last_character(piece: Piece | _Bound) -> str:
    if isinstance(piece, Entity | _Bound):
        return _last_character(piece.content[-1])
    return running_text((piece,))[-1:]


def _without_last_character(piece: Piece | _Bound) -> tuple[Piece | None, Piece | _Bound]:
    """Return a piece without its last character, if it can be divided and something remains, and the rest of it."""
    match piece:
        case model.Text(text) if len(text) > 1:
            return model.Text(text[:-1]), model.Text(text[-1])
        case model.Strong(inner) | model.Emphasis(inner):
            before, last = _without_last_character(inner[-1])
            kept = (*inner[:-1], before) if before else inner[:-1]
            # The model has no entities; whoever turns content into HTML knows them at every depth.
            return type(piece)(kept) if kept else None, type(piece)((last,))  # type: ignore[arg-type]
        case _:
            return None, piece


def undefined_note(mark: str) -> TemplateError:
    """Return the error for a call to a note that does not exist."""
    return TemplateError(f"call to undefined note {mark}", hint="add the note, or remove the call")


def _together(locale: Locale) -> str:
    """Return the pattern of a number and the words that stay on its line: `6 July`, `30 de agosto`, `№ 7`, `5 %`."""
    value = r"(?<![\d/.,])\d+(?:[.,]\d+)?"
    patterns = [rf"{value}{_SPACE}{_any(locale.word('numbers', 'after'))}(?!\w)"]
    patterns += [rf"(?<!\w){_any(locale.word('numbers', 'before'))}{_SPACE}{value}"]
    before, month, _ = str(locale.word("dates", "text")).partition("{month}")
    if before.startswith("{day} ") and month:
        months = _any(name.split()[0] for name in locale.word("dates", "months"))
        between = "".join(f"{re.escape(word)}{_SPACE}" for word in before.split()[1:])
        patterns.insert(0, rf"(?<![\d/])\d{{1,2}}(?:er)?{_SPACE}{between}{months}")
    return "|".join(patterns)


def _runs(kinds: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of runs, which has a group for each kind."""
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()) or _NOTHING)


def _words(letters: str) -> str:
    """Return the pattern of words of these letters."""
    return f"[{letters}]+(?: [{letters}]+)*"


def _any(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, and nothing if there are none."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True)) or _NOTHING})"


def _is_foreign(text: str, own: Direction) -> bool:
    """Return whether all letters of `text` have the direction opposite to `own`: usually a citation in Latin script."""
    kinds = {unicodedata.bidirectional(character) for character in text}
    right = bool(kinds & {"R", "AL"})
    return ("L" in kinds or right) and not (right if own is Direction.RTL else "L" in kinds)


def _without_references(content: Iterable[model.Inline]) -> model.Content:
    return tuple(inline for inline in content if not isinstance(inline, model.Reference))


def fitted(content: model.Content) -> str:
    """Return the style of a text that was fitted to its page by hand, empty if none was."""
    fit = model.fit_of(content)
    said = {"line-height": fit.lines, "--letters": fit.letters, "--above": fit.above}
    return "; ".join(f"{name}: {number / 20:g}pt" for name, number in said.items() if number)
