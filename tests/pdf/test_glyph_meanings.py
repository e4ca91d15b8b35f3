"""What the glyphs of a font mean: letters in forms, ligatures, marks and spaces, by small fonts written here."""

from __future__ import annotations

import io

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder

from masthead.pdf.glyphs.closure import Closure, close
from masthead.pdf.glyphs.meanings import PIECE, SPACE, UNSURE, Meaning, forms_shown, is_control, is_seen

BEH, LAM, ALEF, FATHA, TATWEEL = "بلا\u064e\u0640"


@pytest.mark.parametrize(
    ("char", "seen", "control"),
    [("a", True, False), (BEH, True, False), (" ", False, False), (FATHA, False, False), (TATWEEL, False, False),
     ("\u200f", False, True), ("\u2068", False, True), ("\u00ad", False, True), ("-", True, False)],
)  # fmt: skip
def test_letters_and_signs_are_seen_and_controls_are_not(char: str, seen: bool, control: bool) -> None:
    assert (is_seen(char), is_control(char)) == (seen, control)


@pytest.mark.parametrize(
    ("form", "shown"), [("init", {"init"}), ("isol", {"isol"}), ("", {"", "isol"}), ("other", {"other", "isol"})]
)
def test_a_letter_without_a_form_of_its_own_is_isolated_too(form: str, shown: set[str]) -> None:
    assert forms_shown(form) == shown


def test_a_glyph_of_one_letter_has_its_forms() -> None:
    meaning = Meaning(frozenset({((BEH, "init"),), ((BEH, "medi"),)}))
    assert (meaning.count, meaning.is_base, meaning.is_mark, meaning.is_space) == (1, True, False, False)
    assert meaning.forms == {BEH: {"init", "medi"}} and meaning.ligatures == ()
    assert meaning.signs == ({BEH, f"{BEH}init", f"{BEH}medi"},)


def test_a_glyph_that_may_be_two_letters_has_the_forms_of_each() -> None:
    meaning = Meaning(frozenset({((BEH, "init"),), (("ن", ""),)}))
    assert meaning.forms == {BEH: {"init"}, "ن": {"", "isol"}}
    assert meaning.signs == ({BEH, f"{BEH}init", "ن", "نisol"},)


def test_a_mark_is_no_letter_and_no_piece_of_one_is_a_mark() -> None:
    mark = Meaning(frozenset({((FATHA, ""),)}))
    assert (mark.count, mark.is_base, mark.is_mark, mark.marks, mark.signs) == (0, False, True, {FATHA}, ())
    dot = Meaning(frozenset({((FATHA, ""),), PIECE}))
    assert (dot.is_mark, dot.marks) == (False, {FATHA})
    both = Meaning(frozenset({((FATHA, ""), ("\u0651", ""))}))  # two marks in one glyph are not one of them
    assert both.marks == frozenset()


def test_a_space_is_no_base() -> None:
    space = Meaning(frozenset({((" ", ""),)}))
    assert (space.is_base, space.is_space, space.signs) == (False, True, (SPACE,))
    assert Meaning(frozenset({PIECE})).signs == ()


def test_a_ligature_shows_its_letters_from_left_to_right() -> None:
    arabic = Meaning(frozenset({((LAM, "init"), (FATHA, ""), (ALEF, "fina"))}))
    assert arabic.count == 2 and arabic.forms == {}
    assert arabic.ligatures == (((LAM, "init"), (ALEF, "fina")),)
    assert arabic.signs == ({ALEF, f"{ALEF}fina"}, {LAM, f"{LAM}init"})
    latin = Meaning(frozenset({(("f", ""), ("i", ""))}))
    assert latin.signs == ({"f", "fisol"}, {"i", "iisol"})


def test_a_glyph_of_which_the_font_says_more_than_one_thing_is_uncertain() -> None:
    several = Meaning(frozenset({(("f", ""), ("i", "")), (("f", ""), ("f", ""), ("i", ""))}))
    assert several.signs == (UNSURE,) and [len(each) for each in several.ligatures] == [2, 3]
    either = Meaning(frozenset({(("f", ""), ("i", "")), (("x", ""),)}))
    assert (either.signs, either.count) == ((UNSURE,), 1)
    unknown = Meaning(frozenset())
    assert (unknown.count, unknown.is_base, unknown.signs) == (1, True, (UNSURE,))


# --- closures: what a font's tables say ------------------------------------------------------------------------------

GLYPHS = [".notdef", "a", "f", "i", "beh", "beh.init", "beh.fina", "beh.medi", "bowl", "dot", "lam", "alef", "lam_alef",
          "f_i", "a.ss01", "a.alt", "tatweel", "tatweel.long", "f_f_i_i_i", "hyphen", "kaf.isol"]  # fmt: skip
CMAP = {"a": "a", "f": "f", "i": "i", BEH: "beh", LAM: "lam", ALEF: "alef", TATWEEL: "tatweel", "\u2010": "hyphen",
        "\ufed9": "kaf.isol"}  # fmt: skip


def closed(features: str = "") -> dict[str, set[tuple[tuple[str, str], ...]]]:
    """Glyph → the text that it may mean, in a font with OpenType features."""
    builder = FontBuilder(2048, isTTF=True)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap({ord(char): name for char, name in CMAP.items()})
    builder.setupGlyf({name: builder_glyph() for name in GLYPHS})
    builder.setupHorizontalMetrics({name: (100 * at, 0) for at, name in enumerate(GLYPHS)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    data = io.BytesIO()
    builder.font.save(data)
    closure = Closure(close(data.getvalue()))
    assert closure.advance(4) == pytest.approx(400 * 1000 / 2048)
    assert closure.advance(len(GLYPHS) - 1) > 0 and closure.advance(len(GLYPHS)) == 0
    return {name: set(readings) for at, name in enumerate(GLYPHS) if (readings := closure.readings(at))}


def builder_glyph() -> object:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    return Glyph()


def test_characters_are_what_their_glyphs_stand_for() -> None:
    found = closed()
    assert found["a"] == {(("a", ""),)} and found["tatweel"] == {PIECE}
    assert found["kaf.isol"] == {(("\ufed9", "isol"),)}  # a character that is a form itself
    assert found["hyphen"] == {(("\u2010", ""),), (("\u2011", ""),)}  # the non-breaking one is drawn so
    assert "bowl" not in found


def test_features_of_forms_add_the_form_to_a_letter() -> None:
    found = closed(
        "feature init { sub beh by beh.init; } init; feature fina { sub beh by beh.fina; } fina;"
        "feature rclt { sub beh.fina by beh.medi; } rclt;"
    )
    assert found["beh"] == {((BEH, ""),)}
    assert found["beh.init"] == {((BEH, "init"),)} and found["beh.fina"] == {((BEH, "fina"),)}
    assert found["beh.medi"] == {((BEH, "fina"),)}


def test_a_glyph_that_becomes_several_is_the_letter_and_pieces() -> None:
    found = closed("feature init { sub beh by beh.init; } init; feature ccmp { sub beh.init by bowl dot; } ccmp;")
    assert (found["bowl"], found["dot"]) == ({((BEH, "init"),)}, {PIECE})


def test_ligatures_stand_for_their_letters_in_order() -> None:
    found = closed("feature liga { sub f i by f_i; sub lam alef by lam_alef; sub f f i i i by f_f_i_i_i; } liga;")
    assert found["f_i"] == {(("f", ""), ("i", ""))} and found["lam_alef"] == {((LAM, ""), (ALEF, ""))}
    assert "f_f_i_i_i" not in found  # longer than any ligature of letters


def test_ligatures_of_forms_have_the_forms_of_their_letters() -> None:
    found = closed(
        "feature init { sub lam by beh.init; } init; feature fina { sub alef by beh.fina; } fina;"
        "feature rlig { sub beh.init beh.fina by lam_alef; } rlig;"
    )
    assert found["lam_alef"] == {((LAM, "init"), (ALEF, "fina"))}


def test_alternates_are_read_and_stylistic_sets_are_not() -> None:
    found = closed(
        "feature salt { sub a from [a.alt]; } salt; feature ss01 { sub a by a.ss01; } ss01;"
        "feature cv01 { sub i by f_i; } cv01;"
    )
    assert found["a.alt"] == {(("a", ""),)}
    assert "a.ss01" not in found and "f_i" not in found
    both = closed("lookup x { sub a by a.ss01; } x; feature ss01 { lookup x; } ss01; feature calt { lookup x; } calt;")
    assert both["a.ss01"] == {(("a", ""),)}


def test_substitutions_backwards_and_in_a_context_are_read() -> None:
    found = closed("feature calt { rsub f a' i by a.alt; } calt;")
    assert found["a.alt"] == {(("a", ""),)}
    called = closed("lookup x { sub a by a.alt; } x; feature calt { sub f a' lookup x; } calt;")
    assert called["a.alt"] == {(("a", ""),)}
    stretched = closed("feature calt { sub tatweel by tatweel.long; } calt;")
    assert stretched["tatweel.long"] == {PIECE}


def test_a_form_that_a_context_puts_in_the_place_of_another_stays_what_it_is() -> None:
    found = closed(
        "feature medi { sub beh by beh.medi; } medi; feature fina { sub beh by beh.fina; } fina;"
        "feature calt { sub beh.fina by beh.medi; } calt;"
    )
    assert found["beh.medi"] == {((BEH, "medi"),)}
