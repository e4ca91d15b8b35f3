"""Even lines hold the words of the paragraph in order, end at the edge of the column, and have fewer wide spaces."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from drawn import Line, lines
from manuscripts import resolution
from masthead import pdf, preflight
from masthead.document import Language, LineBreaking, Pagination, Variant
from masthead.formats.markdown import reader as markdown
from masthead.page.markup import mark_up
from masthead.publication import Options, SourceFile, publish
from masthead.typesetting import ledger
from masthead.typesetting.lines import even_lines
from masthead.typesetting.lines.total_fit import total_fit
from masthead.typesetting.typesetter import typeset

ENGLISH = (
    "Recalling that the harbour towns of the coast have long kept their own records of rain, wind and tide, and that "
    "the responsibilities of the intergovernmental observatories were strengthened by resolution 93/118 of 14 December "
    "2038,[^1] by which comprehensive internationally comparable measurements were introduced in neighbourhoods that "
    "had none, notwithstanding the considerable administrative difficulties that were encountered by new members,"
)
ARABIC = (
    "وإذ يشير إلى أن مدن الموانئ على الساحل تحتفظ منذ وقت طويل بسجلاتها الخاصة للأمطار والرياح والمد والجزر، وأن "
    "مسؤوليات المراصد الحكومية الدولية قد تعززت بموجب القرار 93/118 المؤرخ 14 كانون الأول/ديسمبر 2038،[^1] الذي "
    "استحدثت بموجبه قياسات شاملة قابلة للمقارنة على الصعيد الدولي في أحياء لم يكن فيها أي منها، رغم الصعوبات "
    "الإدارية الكبيرة التي واجهها الأعضاء الجدد،"
)
SPECIMENS = Path(__file__).parents[2] / "examples" / "specimens"
TEXTS = {Language.ENGLISH: ENGLISH, Language.ARABIC: ARABIC}


def source(language: Language, *keys: str) -> str:
    body = [TEXTS[language].replace("[^1]", f"[^{at}]") for at in range(1, 6)]
    notes = [f"[^{at}]: A/93/{at}." for at in range(1, 6)]
    return resolution(language, *body, *notes).replace("---\n", "\n".join(("---", *keys, "")), 1)


@cache
def set_lines(language: Language, breaking: LineBreaking) -> tuple[Line, ...]:
    document = replace(markdown.read(source(language).encode(), "a.md"), lines=breaking)
    return tuple(lines(typeset(mark_up(document), variant=Variant.PLAIN).data))


def words(found: tuple[Line, ...]) -> str:
    return "".join(sorted("".join("".join(line.text.split()) for line in found)))


@pytest.mark.parametrize("language", TEXTS)
def test_the_same_words_are_set_with_other_breaks(language: Language) -> None:
    first, best = (set_lines(language, breaking) for breaking in (LineBreaking.FIRST_FIT, LineBreaking.BEST_FIT))
    assert words(first) == words(best)
    assert [line.text for line in first] != [line.text for line in best]


@pytest.mark.parametrize("language", TEXTS)
def test_no_line_is_beside_its_column(language: Language) -> None:
    first, best = (set_lines(language, breaking) for breaking in (LineBreaking.FIRST_FIT, LineBreaking.BEST_FIT))
    for edge in (lambda found: min(line.left for line in found), lambda found: max(line.right for line in found)):
        assert edge(best) == pytest.approx(edge(first), abs=0.2)


@pytest.mark.parametrize("language", TEXTS)
def test_preflight_finds_nothing_that_first_fit_has_not(language: Language) -> None:
    text = SourceFile("a.md", source(language).encode())
    first, best, hyphenated = (publish(text, Options(lines=each)) for each in LineBreaking)
    for even in (best, hyphenated):
        assert {each.rule for each in even.report.findings} <= {each.rule for each in first.report.findings}
        assert first.pdf.data != even.pdf.data


@pytest.mark.parametrize("breaking", [LineBreaking.BEST_FIT, LineBreaking.HYPHENATED])
def test_lines_end_where_total_fit_has_them_end(breaking: LineBreaking, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a note's call, a comma without letters, words in italics, a dash, a division: whatever is chosen.

    Names in capitals are not divided.
    """
    text = "Towns recall *the records*,[^1] of rain, *wind*, tide and HARBOURS, north—*east* of the *harbours*."
    document = replace(markdown.read(resolution(Language.ENGLISH, text, "[^1]: A.").encode(), "a.md"), lines=breaking)
    monkeypatch.setattr(even_lines, "total_fit", lambda breaks, *_: [*range(len(breaks))])
    found = [line.text.strip() for line in lines(typeset(mark_up(document), variant=Variant.PLAIN).data)]
    start = next(at for at, line in enumerate(found) if line.startswith("Tow"))
    end = next(at for at, line in enumerate(found) if line.endswith("bours."))
    ours = [line for line in found[start : end + 1] if line != "1"]  # the call of the note, which is higher
    plain = text.replace("*", "").replace("[^1]", "").replace("—", " — ").split()
    if breaking is LineBreaking.BEST_FIT:
        assert ours == plain
    else:
        assert " ".join(ours).replace("\u00ad ", "").split() == plain
        assert [line for line in ours if line.endswith("\u00ad")] == ["re\u00ad", "re\u00ad", "har\u00ad"]


def test_a_paragraph_gives_a_page_the_line_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraphs of words in any order, of which a page ends a line early, as the next one needs two lines there."""
    words_of, chance = ARABIC.replace("[^1]", "").split(), random.Random(12)
    body = (chance.sample(words_of[:-1], chance.randint(30, len(words_of) - 1)) for _ in range(9))
    text = resolution(Language.ARABIC, *(f"{' '.join(paragraph)}," for paragraph in body))
    document = replace(markdown.read(text.encode(), "a.md"), lines=LineBreaking.BEST_FIT)
    mended = [*lines(typeset(mark_up(document), variant=Variant.PLAIN).data)]
    monkeypatch.setattr(even_lines, "_MOST_FREE", 0)
    short = [*lines(typeset(mark_up(document), variant=Variant.PLAIN).data)]
    assert words(tuple(mended)) == words(tuple(short))
    ends = [
        sorted({line.baseline for line in found if line.page == 1 and line.sizes == short[-5].sizes})[-1]
        for found in (mended, short)
    ]
    assert ends[0] - ends[1] > 10


def test_a_conjunction_stays_with_its_number_wherever_lines_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "وإذ يشير إلى القرارين 2140 (2014) و 2216 (2015)،"
    document = replace(markdown.read(resolution(Language.ARABIC, text).encode(), "a.md"), lines=LineBreaking.BEST_FIT)
    monkeypatch.setattr(even_lines, "total_fit", lambda breaks, *_: [*range(len(breaks))])
    found = [line.text.strip() for line in lines(typeset(mark_up(document), variant=Variant.PLAIN).data)]
    assert "و" not in found
    assert any("٢٢١٦" in line and "و" in line for line in found)


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("in paragraph ", "6 of", True),
        ("30 ", "days", True),
        ("in 2021 ", "the", False),
        ("A/1, ", "2", False),
        ("the ", "harbour", False),
        ("الفقرة ", "٢", True),
        ("", "6", False),
    ],
)
def test_a_break_parts_a_number_from_its_word(before: str, after: str, parts: bool) -> None:
    paragraph = even_lines._Paragraph(None, None)
    paragraph._text += (before + after).encode()
    paragraph._add_break(len(before.encode()), (0,))
    assert [each.parts for each in paragraph.breaks] == [parts, False]


def test_text_that_only_pango_can_set_is_planned_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters of three scripts in one text."""
    text = "В части V Соглашения Ω указаны *меры* VI."
    document = replace(markdown.read(resolution(Language.RUSSIAN, text).encode(), "a.md"), lines=LineBreaking.BEST_FIT)
    with monkeypatch.context() as patch:
        patch.setattr(even_lines, "total_fit", lambda breaks, *_: [*range(len(breaks))])
        found = [line.text.strip() for line in lines(typeset(mark_up(document), variant=Variant.PLAIN).data)]
    start = found.index("В")
    assert found[start : start + 8] == text.replace("*", "").split()


def test_a_line_of_pango_is_as_wide_as_planned() -> None:
    """Russian of two scripts: best fit has no line beside its column."""
    text = " ".join(["в особенности его части V и приложения VI к ним, 12\u00a0мая 2041 года,"] * 8)
    document = markdown.read(resolution(Language.RUSSIAN, text).encode(), "a.md")
    first, best = (
        [*lines(typeset(mark_up(replace(document, lines=each)), variant=Variant.PLAIN).data)]
        for each in (LineBreaking.FIRST_FIT, LineBreaking.BEST_FIT)
    )
    assert [line.text for line in first] != [line.text for line in best]
    assert max(line.right for line in best) == pytest.approx(max(line.right for line in first), abs=0.2)


@pytest.mark.parametrize(
    ("language", "before"),
    [(Language.FRENCH, "dépense"), (Language.RUSSIAN, "часть VI Ω")],
    ids=["one font", "measured by Pango"],
)
def test_no_space_of_a_number_is_planned_to_be_wider_or_narrower(
    language: Language, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spaces(space: str) -> float:
        found = [0.0]  # in each paragraph; a plan may be in the cache
        text = f"{before} 240{space}000 et 5{space}240{space}000 jours."
        document = markdown.read(resolution(language, text).encode(), "a.md")
        with monkeypatch.context() as patch:
            patch.setattr(even_lines, "total_fit", lambda breaks, *_: found.append(breaks[-1].spaces_to_end))
            typeset(mark_up(replace(document, lines=LineBreaking.BEST_FIT)))
        return max(found)

    never_widened = spaces("\u202f")
    assert never_widened > 10
    assert spaces(" ") == spaces("\u00a0") == pytest.approx(never_widened)


def test_spaces_shrink_as_far_as_their_script_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of Amiri come close to each other earlier than those of Liberation Serif."""
    asked: dict[Language, set[float]] = {}
    for language in TEXTS:
        document = replace(
            markdown.read(source(language).replace("93/", "94/").encode(), "a.md"), lines=LineBreaking.BEST_FIT
        )
        shrinks = asked[language] = set()

        def note_down(
            breaks: Any, first: float, room: float, spaces: Any, count: int | None, shrinks: set[float] = shrinks
        ) -> Any:
            shrinks.add(spaces.shrink)
            return total_fit(breaks, first, room, spaces, count)

        monkeypatch.setattr(even_lines, "total_fit", note_down)
        typeset(mark_up(document))
    (arabic,), (english,) = asked[Language.ARABIC], asked[Language.ENGLISH]
    assert arabic < english


def test_arabic_words_are_never_divided() -> None:
    best, hyphenated = (set_lines(Language.ARABIC, each) for each in (LineBreaking.BEST_FIT, LineBreaking.HYPHENATED))
    assert best == hyphenated


def test_the_source_asks_for_it_and_the_pages_of_print_are_never_set_so() -> None:
    text = source(Language.ENGLISH, "lines: best-fit")
    asked = markdown.read(text.encode(), "a.md")
    printed = markdown.read(text.replace("by which", "by <!-- page end -->which", 1).encode(), "a.md")
    assert asked.lines is LineBreaking.BEST_FIT and mark_up(asked).even
    assert not mark_up(replace(printed, pagination=Pagination.SOURCE)).even
    assert not mark_up(replace(asked, lines=LineBreaking.FIRST_FIT)).even


@cache
def divided() -> bytes:
    """An edition with a divided word, in which preflight finds nothing."""
    text = source(Language.ENGLISH, "lines: hyphenated").replace("records of rain, wind", "meteorological observations")
    edition = publish(SourceFile("a.md", text.encode()), Options())
    assert not edition.report.findings
    return edition.pdf.data


def test_the_hyphen_of_a_divided_word_is_drawn_and_is_no_text() -> None:
    assert [line.text for line in lines(divided()) if line.text.endswith("\u00ad")]  # readers join the word again
    with pikepdf.open(BytesIO(divided())) as file:
        tree = " ".join(block.text for block in pdf.read_tree(file))
    assert "\u00ad" not in tree and "\u2010" not in tree
    assert "comprehensive internationally comparable measurements" in tree


@pytest.mark.parametrize("end", [" ", ", "])
def test_a_hyphen_between_two_words_is_found(end: str) -> None:
    with pikepdf.open(BytesIO(divided())) as file:
        first = (
            next(line.text for line in lines(divided()) if line.text.endswith("\u00ad")).rstrip("\u00ad").split()[-1]
        )
        for each in file.objects:
            if isinstance(each, pikepdf.Dictionary) and str(each.get("/ActualText", "")).endswith(first):
                each["/ActualText"] = pikepdf.String(f"{each['/ActualText']}{end}")
                break
        changed = BytesIO()
        file.save(changed)
    assert "script.order" in {each.rule for each in preflight.check(changed.getvalue()).findings}


def test_words_are_divided_in_justified_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in notes, headings, titles, captions, tables and signatures: their style sheets must keep hyphens out."""
    kinds: set[str] = set()
    found: list[Any] = []
    check = ledger.check
    monkeypatch.setattr(ledger, "check", lambda document: (found.extend(ledger.texts(document)), check(document))[1])
    for path in sorted(SPECIMENS.glob("*.[ef][nr].md")):
        document = replace(markdown.read(path.read_bytes(), str(path)), lines=LineBreaking.HYPHENATED)
        found.clear()
        typeset(mark_up(document))
        for box in (each.box for each in found):
            if box.style["hyphens"] == "auto":
                assert box.style["text_align_all"] == "justify", (path.name, box.text)
                kinds.add(path.name)
    assert len(kinds) > 3
