"""Documents revised on purpose, at random but the same for each seed: pairs whose true changes are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from masthead.document import Direction, Document, Note, NoteCall, Paragraph, Role, Row, Table, Text, model
from masthead.redline.words import is_word, words

_FOREIGN = {Direction.RTL: "Harbour", Direction.LTR: "الميناء"}
_MARKS = "\u064b\u064e\u064f\u0650"  # vowel marks of Arabic


@dataclass
class RevisedPair:
    """Two documents and what changed: the kinds, the number of words that are added or removed, and the moved texts."""

    old: Document
    new: Document
    kinds: list[str] = field(default_factory=list)
    words: int = 0
    moved: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = set(map(id, self.old.body))


def revise(document: Document, seed: int, changes: int = 1, kinds: Sequence[str] = ()) -> RevisedPair:
    """Return `document` and a revision of it with this many changes, of these kinds or any."""
    chance = random.Random(seed)
    pair = RevisedPair(document, document)
    order = list(kinds or KINDS)
    for _ in range(20 * changes + 40):
        if len(pair.kinds) >= changes:
            break
        kind = chance.choice(order)
        touched = KINDS[kind](pair, chance)
        if touched:
            pair.kinds.append(kind)
    return pair


def texts_of(document: Document, least: int) -> list[Paragraph]:
    """Return the paragraphs of a document with at least so many words."""
    found = (block for block in document.body if isinstance(block, Paragraph) and block.role is not Role.FORMULA)
    return [block for block in found if sum(map(is_word, words(model.plain(block.content)))) >= least]


# Each change takes a pair and revises its new document; it returns whether it could.
def _change_word(pair: RevisedPair, chance: random.Random, *, number: bool = False) -> bool:
    found = [
        (at, place, token)
        for at, block in enumerate(pair.new.body)
        if isinstance(block, Paragraph) and block is not _fresh(pair, at)
        for place, inline in enumerate(block.content)
        if isinstance(inline, Text)
        for token in words(inline.text)
        if is_word(token) and token.isdigit() == number and len(token) > 1
    ]
    if not found:
        return False
    at, place, token = chance.choice(found)
    new = str(int(token) + 1) if number else _another(token, chance)
    block = pair.new.body[at]
    inline = block.content[place]
    tokens = words(inline.text)
    index = chance.choice([i for i, each in enumerate(tokens) if each == token])
    tokens[index] = new
    content = (*block.content[:place], Text("".join(tokens)), *block.content[place + 1 :])
    _put(pair, at, [replace(block, content=content)])
    pair.words += 2
    return True


def _another(token: str, chance: random.Random) -> str:
    """Return another word in the same script."""
    letters = list(token)
    chance.shuffle(letters)
    made = "".join(letters)
    return made if made != token else token + token[-1]


def _fresh(pair: RevisedPair, at: int) -> Any:
    """Return the block if it is not one of the old document any more: one change each, so that they do not undo one
    another."""
    block = pair.new.body[at]
    return None if id(block) in pair.known else block


def _put(pair: RevisedPair, at: int, blocks: Sequence[model.Block], until: int | None = None) -> None:
    body = pair.new.body
    pair.new = replace(pair.new, body=(*body[:at], *blocks, *body[at + 1 if until is None else until :]))


def _texts(pair: RevisedPair, least: int = 8) -> list[int]:
    """Return the paragraphs that nothing has changed yet, with so many words and without parts."""
    return [
        at
        for at, block in enumerate(pair.new.body)
        if isinstance(block, Paragraph)
        and block.role is not Role.FORMULA
        and not _fresh(pair, at)
        and not block.items
        and sum(map(is_word, words(model.plain(block.content)))) >= least
    ]


def _change_number(pair: RevisedPair, chance: random.Random) -> bool:
    return _change_word(pair, chance, number=True)


def _change_marks(pair: RevisedPair, chance: random.Random) -> bool:
    """Put a vowel mark on a word, or a comma after one where there are no such marks."""
    if not (found := _texts(pair)):
        return False
    at = chance.choice(found)
    block = pair.new.body[at]
    for place, inline in enumerate(block.content):
        if isinstance(inline, Text):
            tokens = words(inline.text)
            own = [i for i, token in enumerate(tokens) if is_word(token) and not token.isdigit() and len(token) > 2]
            if own:
                index = chance.choice(own)
                if pair.new.language.direction is Direction.RTL:
                    tokens[index] = tokens[index][:2] + chance.choice(_MARKS) + tokens[index][2:]
                    pair.words += 2
                else:
                    tokens[index] += " –"
                content = (*block.content[:place], Text("".join(tokens)), *block.content[place + 1 :])
                _put(pair, at, [replace(block, content=content)])
                return True
    return False


def _turn_direction(pair: RevisedPair, chance: random.Random) -> bool:
    """Add a word of a script of the other direction."""
    if not (found := _texts(pair)):
        return False
    at = chance.choice(found)
    block = pair.new.body[at]
    last = block.content[-1]
    if not isinstance(last, Text) or " " not in last.text:
        return False
    before, _, after = last.text.rpartition(" ")
    added = Text(f"{before} {_FOREIGN[pair.new.language.direction]} {after}")
    _put(pair, at, [replace(block, content=(*block.content[:-1], added))])
    pair.words += 1
    return True


def _move(pair: RevisedPair, chance: random.Random) -> bool:
    found = _texts(pair)
    if len(found) < 4:
        return False
    source, target = chance.sample(found, 2)
    block = pair.new.body[source]
    text = model.plain(block.content)
    others = [each for at, each in enumerate(pair.new.body) if at != source]
    if abs(source - target) < 2 or any(
        isinstance(each, Paragraph) and model.plain(each.content) == text for each in others
    ):
        return False
    # Between the two there must be more text than what moves: otherwise the rest has moved.
    low, high = min(source, target), max(source, target)
    passed = pair.new.body[low + 1 : high] if source < target else pair.new.body[low:high]
    if sum(count_words(each) for each in passed) <= count_words(block) + 2:
        return False
    others.insert(target - (source < target), block)
    pair.new = replace(pair.new, body=tuple(others))
    pair.moved.append(text)
    pair.known.discard(id(block))  # it is not changed again
    return True


def count_words(block: model.Block) -> int:
    """Return the number of words of a block."""
    return sum(map(is_word, words("\n".join(map(model.plain, model.contents(block))))))


def _split(pair: RevisedPair, chance: random.Random) -> bool:
    found = _texts(pair, 16)
    chance.shuffle(found)
    for at in found:
        block = pair.new.body[at]
        for place, inline in enumerate(block.content):
            if isinstance(inline, Text):
                spaces = [i for i, char in enumerate(inline.text) if char in " ，、"]
                middle = [i for i in spaces if _share(block, place, i) and inline.text[i + 1 :].strip()]
                if middle:
                    cut = chance.choice(middle)
                    ends = cut + (inline.text[cut] != " ")
                    first = (*block.content[:place], Text(inline.text[:ends]))
                    second = (Text(inline.text[ends:].lstrip()), *block.content[place + 1 :])
                    _put(
                        pair,
                        at,
                        [replace(block, content=first), replace(block, content=second, mark=None, number=None)],
                    )
                    return True
    return False


def _share(block: Paragraph, place: int, cut: int) -> bool:
    """Return whether both parts of a paragraph would have at least five words."""
    text = block.content[place].text
    before = model.plain((*block.content[:place], Text(text[:cut])))
    after = model.plain((Text(text[cut:]), *block.content[place + 1 :]))
    return all(sum(map(is_word, words(part))) >= 5 for part in (before, after))


def _join(pair: RevisedPair, chance: random.Random) -> bool:
    found = _texts(pair)
    beside = [at for at in found if at + 1 in found]
    if not beside:
        return False
    at = chance.choice(beside)
    one, other = pair.new.body[at], pair.new.body[at + 1]
    space = () if str(pair.new.language) == "zh" else (Text(" "),)
    _put(pair, at, [replace(one, content=model.joined((*one.content, *space, *other.content)))], at + 2)
    return True


def _insert_bis(pair: RevisedPair, chance: random.Random) -> bool:
    found = [at for at in _texts(pair, 4) if pair.new.body[at].number]
    if not found:
        return False
    at, source = chance.choice(found), chance.choice(found)
    block = pair.new.body[at]
    text = " ".join(
        _another(word, chance) for word in words(model.plain(pair.new.body[source].content)) if is_word(word)
    )
    made = replace(block, content=(Text(text),), mark=f"{block.number} bis.")
    _put(pair, at, [block, made])
    pair.words += sum(map(is_word, words(text)))
    return True


def _remove(pair: RevisedPair, chance: random.Random) -> bool:
    found = [at for at in _texts(pair) if not any(isinstance(each, NoteCall) for each in pair.new.body[at].content)]
    if len(found) < 3:
        return False
    at = chance.choice(found)
    pair.words += count_words(pair.new.body[at])
    _put(pair, at, [])
    return True


def _change_note(pair: RevisedPair, chance: random.Random) -> bool:
    found = [at for at, note in enumerate(pair.new.notes) if note in pair.old.notes and _note_text(note)]
    if not found:
        return False
    at = chance.choice(found)
    note = pair.new.notes[at]
    place, inline = next((p, i) for p, i in enumerate(note.content) if isinstance(i, Text) and _words(i.text))
    tokens = words(inline.text)
    index = chance.choice(_words(inline.text))
    tokens[index] = _another(tokens[index], chance)
    content = (*note.content[:place], Text("".join(tokens)), *note.content[place + 1 :])
    pair.new = replace(
        pair.new, notes=(*pair.new.notes[:at], replace(note, content=content), *pair.new.notes[at + 1 :])
    )
    pair.words += 2
    return True


def _words(text: str) -> list[int]:
    return [at for at, token in enumerate(words(text)) if is_word(token) and not token.isdigit() and len(token) > 1]


def _note_text(note: Note) -> bool:
    return any(isinstance(each, Text) and _words(each.text) for each in note.content)


def _add_note(pair: RevisedPair, chance: random.Random) -> bool:
    """Add a note, after which all later notes have another number."""
    found = _texts(pair)
    if not found:
        return False
    at = chance.choice(found)
    before = sum(
        isinstance(each, NoteCall) and not each.asterisk
        for block in pair.new.body[: at + 1]
        for content in model.contents(block)
        for each in model.inlines(content)
    )
    met = {
        each.number
        for block in pair.new.body[: at + 1]
        for content in model.contents(block)
        for each in model.inlines(content)
        if isinstance(each, NoteCall) and not each.asterisk
    }
    if before != len(met) or pair.new.annexes:
        return False
    number = len(met) + 1
    shifted = {note.number: note.number + (note.number >= number) for note in pair.new.notes if not note.asterisk}

    def moved(content: model.Content) -> model.Content:
        return tuple(
            replace(each, number=shifted[each.number])
            if isinstance(each, NoteCall) and not each.asterisk
            else replace(each, content=moved(each.content))
            if isinstance(each, model.Strong | model.Emphasis)
            else each
            for each in content
        )

    if any(len(found) > 1 for found in _calls(pair.new).values()):
        return False
    text = "E/CN.31/2040/9"
    notes = [replace(each, number=shifted[each.number]) if not each.asterisk else each for each in pair.new.notes]
    later = [place for place, each in enumerate(notes) if not each.asterisk and each.number > number]
    notes.insert(later[0] if later else len(notes), Note(number, (Text(text),)))
    body = [
        block
        if any(block is each for each in pair.old.body) and not _has_calls(block)
        else model.map_contents(block, moved)
        for block in pair.new.body
    ]
    body[at] = replace(body[at], content=(*body[at].content, NoteCall(number)))
    pair.new = replace(pair.new, body=tuple(body), notes=tuple(notes))
    pair.words += 2  # its mark, and its only word
    return True


def _calls(document: Document) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for content in model.contents((document.preface, document.body, document.notes, document.annexes)):
        for each in model.inlines(content):
            if isinstance(each, NoteCall) and not each.asterisk:
                found.setdefault(each.number, []).append(1)
    return found


def _has_calls(block: model.Block) -> bool:
    return any(isinstance(each, NoteCall) for content in model.contents(block) for each in model.inlines(content))


def _tables(pair: RevisedPair) -> list[int]:
    return [
        at
        for at, block in enumerate(pair.new.body)
        if isinstance(block, Table) and not _fresh(pair, at) and len(block.rows) > 1
    ]


def _change_cell(pair: RevisedPair, chance: random.Random) -> bool:
    if not (found := _tables(pair)):
        return False
    at = chance.choice(found)
    table = pair.new.body[at]
    row = chance.randrange(len(table.rows))
    column = chance.randrange(len(table.rows[row].cells))
    cell = table.rows[row].cells[column]
    if not (
        len(cell.content) == 1 and isinstance(cell.content[0], Text) and any(map(is_word, words(cell.content[0].text)))
    ):
        return False
    tokens = words(cell.content[0].text)
    index = chance.choice([i for i, token in enumerate(tokens) if is_word(token)])
    tokens[index] = str(chance.randrange(1000, 9999)) if tokens[index][0].isdigit() else _another(tokens[index], chance)
    cells = (
        *table.rows[row].cells[:column],
        replace(cell, content=(Text("".join(tokens)),)),
        *table.rows[row].cells[column + 1 :],
    )
    _rows(pair, at, (*table.rows[:row], replace(table.rows[row], cells=cells), *table.rows[row + 1 :]))
    pair.words += 2
    return True


def _rows(pair: RevisedPair, at: int, rows: Sequence[Row]) -> None:
    _put(pair, at, [replace(pair.new.body[at], rows=tuple(rows))])


def _add_row(pair: RevisedPair, chance: random.Random) -> bool:
    found = [
        at
        for at in _tables(pair)
        if all(cell.rows == 1 == cell.columns for row in pair.new.body[at].rows for cell in row.cells)
    ]
    if not found:
        return False
    at = chance.choice(found)
    table = pair.new.body[at]
    row = chance.randrange(len(table.rows))
    cells = tuple(
        replace(cell, content=(Text(_another("Breakwater", chance) if not column else str(chance.randrange(9999))),))
        for column, cell in enumerate(table.rows[row].cells)
    )
    _rows(pair, at, (*table.rows[:row], Row(cells), *table.rows[row:]))
    pair.words += len(cells)
    return True


def _remove_row(pair: RevisedPair, chance: random.Random) -> bool:
    found = [at for at in _tables(pair) if all(cell.rows == 1 for row in pair.new.body[at].rows for cell in row.cells)]
    if not found:
        return False
    at = chance.choice(found)
    table = pair.new.body[at]
    row = chance.randrange(len(table.rows))
    if any(isinstance(each, model.TableNoteCall) for cell in table.rows[row].cells for each in cell.content):
        return False
    pair.words += sum(map(is_word, words("\t".join(model.plain(cell.content) for cell in table.rows[row].cells))))
    _rows(pair, at, (*table.rows[:row], *table.rows[row + 1 :]))
    return True


KINDS: dict[str, Callable[[RevisedPair, random.Random], bool]] = {
    "word": _change_word,
    "number": _change_number,
    "marks": _change_marks,
    "direction": _turn_direction,
    "move": _move,
    "split": _split,
    "merge": _join,
    "bis": _insert_bis,
    "remove": _remove,
    "note": _change_note,
    "new note": _add_note,
    "cell": _change_cell,
    "row": _add_row,
    "removed row": _remove_row,
}
"""What can be changed, by name."""
