"""Symbols, job numbers, dates, findings, names of files: the values that all rooms share."""

from __future__ import annotations

import gc
import pickle
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document import (
    DocumentType,
    Finding,
    JobNumber,
    Language,
    Organ,
    Position,
    ResolutionNumber,
    Severity,
    Symbol,
    assets,
    files,
    stores,
)
from masthead.document import cache as kept
from masthead.document.errors import MastheadError, OrderError, ResourceError, SourceError
from masthead.document.findings import grouped
from masthead.document.garbage import gc_deferred, return_memory
from masthead.document.locales import roman
from masthead.document.model import Paragraph, Role, Text, map_contents
from masthead.document.references.goals import is_goal, is_target
from masthead.document.terms import (
    ARABIC_INDIC,
    SEARCHABLE,
    WESTERN,
    Digits,
    Direction,
    DutyStation,
    find_formatted_date,
    replacing,
)


@pytest.mark.parametrize(
    ("text", "organ", "series", "file_name", "address"),
    [
        ("A/71/119", "general-assembly", "A", "A_71_119", "A/71/119"),
        ("A/HRC/39/2", "human-rights-council", "A", "A_HRC_39_2", "A/HRC/39/2"),
        ("E/RES/2017/18", "economic-and-social-council", "E", "E_RES_2017_18", "E/RES/2017/18"),
        ("S/RES/2254 (2015)", "security-council", "S", "S_RES_2254_(2015)", "S/RES/2254(2015)"),
        ("A/81/302–S/2026/611", "general-assembly", "A", "A_81_302_S_2026_611", "A/81/302"),
        ("A/71/119*", "general-assembly", "A", "A_71_119", "A/71/119"),
        ("A/81/6 (Sect. 10)/Part A", "general-assembly", "A", "A_81_6_(Sect._10)_Part_A", "A/81/6(Sect.10)/PartA"),
        ("AB/71/119", None, "AB", "AB_71_119", "AB/71/119"),
        ("ICCD/COP(14)/23", None, "ICCD", "ICCD_COP(14)_23", "ICCD/COP(14)/23"),
    ],
)
def test_a_symbol_has_an_organ_a_file_name_and_an_address(
    text: str, organ: str | None, series: str, file_name: str, address: str
) -> None:
    symbol = Symbol.parse(text)
    assert (symbol.organ, symbol.series, symbol.file_name) == (organ, series, file_name)
    assert symbol.series + symbol.rest == str(symbol) == text
    assert symbol.address == f"https://undocs.org/{address}"
    assert Symbol.at(symbol.address) in (symbol, Symbol.parse(text.partition("–")[0].rstrip("*")))


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [("S/RES/2254(2015)", "S/RES/2254 (2015)"), ("S/RES/2254\u00a0(2015)", "S/RES/2254 (2015)"), ("A/1", "A/1")],
)
def test_spaces_of_a_symbol_are_read_in_several_ways(typed: str, symbol: str) -> None:
    assert str(Symbol.parse(typed)) == symbol


@pytest.mark.parametrize("text", ["", "A", "A/", "/71", "a/71/119", "A/71/", "A//71", "A 71", "A/71/119 of", "A/7–1"])
def test_what_is_no_symbol_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a document symbol"):
        Symbol.parse(text)


@pytest.mark.parametrize(
    ("address", "symbol"),
    [
        ("https://undocs.org/A/71/119", "A/71/119"),
        ("https://undocs.org/en/A/71/119", "A/71/119"),
        ("https://docs.un.org/ar/A/71/119", "A/71/119"),
        ("https://undocs.org/S/RES/2254(2015)", "S/RES/2254 (2015)"),
        ("https://undocs.org/S/RES/2254%20(2015)", "S/RES/2254 (2015)"),
        ("https://undocs.org/a/res/64/293", "A/RES/64/293"),
        ("https://undocs.org/A/81/6(Sect.10)/PartA", "A/81/6 (Sect. 10)/Part A"),
        ("https://undocs.org/", None),
        ("https://undocs.org/nothing here", None),
        ("https://example.org/A/71/119", None),
        ("A/71/119", None),
    ],
)
def test_an_address_of_the_united_nations_has_a_symbol(address: str, symbol: str | None) -> None:
    assert Symbol.at(address) == (symbol and Symbol(symbol))


@pytest.mark.parametrize(
    ("text", "number", "language", "dates", "station", "barcode"),
    [
        ("17-12889 (A)", "17-12889", "ar", (), "new-york", "1712889"),
        ("18-18418 (E)    071118", "18-18418", "en", ("071118",), "new-york", "1818418"),
        ("GE.19-13879(R) 010219 020219", "GE.19-13879", "ru", ("010219", "020219"), "geneva", "1913879"),
    ],
)
def test_a_job_number_has_a_language_dates_and_a_duty_station(
    text: str, number: str, language: str, dates: tuple[str, ...], station: str, barcode: str
) -> None:
    job = JobNumber.parse(text)
    assert (job.number, job.language, job.dates, job.duty_station, job.barcode) == (
        number,
        language,
        dates,
        DutyStation(station),
        barcode,
    )
    assert JobNumber.parse(str(job)) == JobNumber(number, job.language)
    assert job.is_known


@pytest.mark.parametrize("text", ["17-1288 (A)", "17-12889", "17-12889 (X)", "17-12889 (A) 1234", "XX.17-12889 (A)"])
def test_what_is_no_job_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a job number"):
        JobNumber.parse(text)


@pytest.mark.parametrize(
    ("text", "number"), [("64/293", (64, 293)), ("٢٠١٧/١٨", (2017, 18)), ("64/", None), ("64-293", None), ("x", None)]
)
def test_a_resolution_number_is_read_in_both_digits(text: str, number: tuple[int, int] | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match="not a resolution number"):
            ResolutionNumber.parse(text)
    else:
        assert ResolutionNumber.parse(text) == ResolutionNumber(*number)
        assert str(ResolutionNumber(*number)) == f"{number[0]}/{number[1]}"


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("on 6 July 2017", "{day} {month} {year}", date(2017, 7, 6)),
        ("on ٦ July ٢٠١٧", "{day} {month} {year}", date(2017, 7, 6)),
        ("on 31 June 2017, on 30 June 2017", "{day} {month} {year}", date(2017, 6, 30)),
        ("le 1er June 2017", "{day} {month} {year}", date(2017, 6, 1)),
        ("6  July\n2017", "{day} {month} {year}", date(2017, 7, 6)),
        ("July 6", "{day} {month} {year}", None),
        ("6.July.2017", "{day}.{month}.{year}", date(2017, 7, 6)),
        ("6xJulyx2017", "{day}.{month}.{year}", None),
    ],
)
def test_a_date_is_found_in_the_form_of_the_language(text: str, form: str, day: date | None) -> None:
    months = ["January", "February", "March", "April", "May", "June", "July"]
    assert find_formatted_date(text, form, months) == day


def test_languages_organs_and_types_are_names_that_stay_themselves() -> None:
    for name in (Language("ar"), Organ("security-council"), DocumentType("report")):
        assert pickle.loads(pickle.dumps(name)) is name
        assert type(name)(str(name)) is name
        assert repr(name) == f"{type(name).__name__}({str(name)!r})"
        assert name.value == str(name)
        with pytest.raises(ValueError, match="is not a valid"):
            type(name)("nothing")
    scripts = [(str(each), each.direction, each.script, each.digits, each.letter) for each in Language]
    assert scripts == [
        ("ar", Direction.RTL, "Arab", Digits.ARABIC_INDIC, "A"),
        ("zh", Direction.LTR, "Hani", Digits.WESTERN, "C"),
        ("en", Direction.LTR, "Latn", Digits.WESTERN, "E"),
        ("fr", Direction.LTR, "Latn", Digits.WESTERN, "F"),
        ("ru", Direction.LTR, "Cyrl", Digits.WESTERN, "R"),
        ("es", Direction.LTR, "Latn", Digits.WESTERN, "S"),
    ]
    assert [Language.of_letter(letter) for letter in "ACEFRS"] == ["ar", "zh", "en", "fr", "ru", "es"]
    others = {code: Language.known(code) for code in ("fa", "he", "el", "ja", "uk", "sw", "ckb")}
    assert {code: (each.direction.value, each.script) for code, each in others.items()} == {
        "fa": ("rtl", "Arab"),
        "he": ("rtl", "Hebr"),
        "el": ("ltr", "Grek"),
        "ja": ("ltr", "Hani"),
        "uk": ("ltr", "Cyrl"),
        "sw": ("ltr", "Latn"),
        "ckb": ("rtl", "Arab"),
    }


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (3, "iii"), (4, "iv"), (5, "v"), (8, "viii"), (9, "ix"), (10, "x"), (14, "xiv"), (39, "xxxix")],
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@pytest.mark.parametrize(
    ("value", "is_one"),
    [("1", True), ("17", True), ("0", False), ("18", False), ("", False), ("x", False), ("-1", False)],
)
def test_there_are_seventeen_goals(value: str, is_one: bool) -> None:
    assert is_goal(value) is is_one
    assert not is_target(value)
    assert not is_target(f"{value}.0")
    assert is_target(f"{value}.1") is is_one


def _findings(count: int, rule: str = "x", severity: Severity = Severity.ERROR) -> list[Finding]:
    return [Finding(f"wrong {at}", where=f"page {at}: line {at}", rule=rule, severity=severity) for at in range(count)]


def test_five_findings_of_a_rule_are_listed_and_six_are_one() -> None:
    assert grouped(_findings(5)) == tuple(_findings(5))
    assert grouped(_findings(6, "")) == tuple(_findings(6, ""))
    (one,) = grouped(_findings(6))
    assert one.message == "wrong 0 (6 times; also line 1, line 2, line 3, line 4 …)"
    assert one.where == "page 0: line 0"
    same = [Finding("wrong", where="here", rule="x")] * 6
    assert [each.message for each in grouped(same)] == ["wrong (6 times)"]
    places = [Finding("wrong", where=f"line {at % 5}", rule="x") for at in range(7)]
    assert [each.message for each in grouped(places)] == ["wrong (7 times; also line 1, line 2, line 3, line 4)"]
    mixed = [*_findings(3), *_findings(3, severity=Severity.NOTE), *_findings(6, "y")]
    assert [each.rule for each in grouped(mixed)] == ["x"] * 6 + ["y"]


def test_a_location_is_what_editors_open() -> None:
    assert Finding("x", file="a.md", position=Position(3, 5)).location == "a.md:3:5"
    assert Finding("x", file="a.md").location == "a.md"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", "a b"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("a\x1b[31m\x7f", "a\\x1b[31m\\x7f"),
        ("a\x80\x9f\xa0", "a\\x80\\x9f\xa0"),
        ("a\u2028\u2029", "a\\u2028\\u2029"),
        ("a\udcff\ud800", "a\\udcff\\ud800"),
        ("مرحبا ~", "مرحبا ~"),
        ("\x00\x1f ", "\\x00\\x1f "),
    ],
)
def test_a_name_of_a_file_gives_a_terminal_no_orders(text: str, shown: str) -> None:
    assert files.printable(text) == shown


def test_a_file_is_written_whole_and_readable_by_others(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    files.save(path, b"one")
    files.save(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [each.name for each in path.parent.iterdir()] == ["b.txt"]
    draft = files.draft(tmp_path, b"three", "x")
    files.put(draft, tmp_path / "new" / "c.txt")
    assert (tmp_path / "new" / "c.txt").read_bytes() == b"three"
    assert files.sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "x.txt", tmp_path):
        with pytest.raises(ResourceError, match="the file cannot be written: ") as raised:
            files.save(path, b"one")
        assert raised.value.where in (str(path), str(tmp_path))
    with pytest.raises(ResourceError, match="the file cannot be written: no such file or folder") as raised:
        files.draft(tmp_path / "nothing", b"one")
    assert raised.value.where == str(tmp_path / "nothing")
    (tmp_path / "folder" / "sub").mkdir(parents=True)
    with pytest.raises(ResourceError):
        files.put(files.draft(tmp_path, b"one"), tmp_path / "folder")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(2, "No such file or directory"), "no such file or folder"),
        (PermissionError(13, "Permission denied"), "permission denied"),
        (OSError("Something else"), "something else"),
    ],
)
def test_why_a_file_cannot_be_used_is_said_in_the_words_of_the_system(error: OSError, reason: str) -> None:
    assert files.reason(error) == reason


@pytest.mark.parametrize("scheme", ["", "memory://values/"])
def test_a_store_keeps_gives_lists_and_deletes(scheme: str, tmp_path: Path) -> None:
    base = scheme or f"{tmp_path}/"
    assert stores.listed(f"{base}kept") == []
    for name in ("kept/b", "kept/a", "other/c"):
        stores.put(f"{base}{name}", name.encode())
    found = stores.listed(f"{base}kept")
    assert [each.rpartition("kept/")[2] for each in found] == ["a", "b"]
    assert [stores.get(each) for each in found] == [b"kept/a", b"kept/b"]
    stores.delete(found[0])
    assert stores.listed(f"{base}kept") == found[1:]
    for refused in (stores.get, stores.delete):
        with pytest.raises(OSError, match="a"):
            refused(found[0])


def test_a_remote_store_needs_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(ResourceError, match="a remote store needs fsspec") as raised:
        stores.get("s3://bucket/x")
    assert "masthead[store]" in raised.value.hint


def test_the_cache_is_in_the_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for value, folder in (
        ("", tmp_path / ".cache"),
        ("relative", tmp_path / ".cache"),
        (str(tmp_path / "x"), tmp_path / "x"),
    ):
        monkeypatch.setenv("XDG_CACHE_HOME", value)
        assert kept.folder() == folder / "masthead"


def test_the_collector_is_deferred_and_its_thresholds_are_restored() -> None:
    before = gc.get_threshold()
    with gc_deferred():
        high = gc.get_threshold()
        assert high == (200_000, *before[1:])
        with gc_deferred():
            assert gc.get_threshold() == high
        assert gc.get_threshold() == high
    assert gc.get_threshold() == before
    with gc_deferred():
        gc.set_threshold(50, 5, 5)
    assert gc.get_threshold() == (50, 5, 5)
    gc.set_threshold(*before)
    gc.disable()
    try:
        with gc_deferred():
            assert gc.get_threshold() == before
        return_memory()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_error_keeps_everything_between_processes_and_says_all_of_its_input() -> None:
    error = SourceError("bad", where="a.md:3", hint="mend it", others=(OrderError("worse"),))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.hint, [str(each) for each in again.each]) == (
        SourceError,
        "a.md:3: bad",
        "mend it",
        ["a.md:3: bad", "worse"],
    )
    OrderError.raise_all([])
    with pytest.raises(OrderError) as raised:
        OrderError.raise_all([OrderError("one", where="x", hint="y"), OrderError("two")])
    assert [str(each) for each in raised.value.each] == ["x: one", "two"]
    assert raised.value.hint == "y"
    assert MastheadError.unexpected(KeyError("k")).message == "this is a bug in Masthead: KeyError: 'k'"
    codes = {each.__name__: each.exit_code for each in MastheadError.__subclasses__()}
    assert codes == {"OrderError": 2, "SourceError": 3, "TemplateError": 4, "TypesettingError": 5, "ResourceError": 6,
                     "PrintError": 7, "BaselineError": 8}  # fmt: skip


@given(st.text("a\u00a0\u202f\u2007\u2009\u2011 1٢٣ب^]-\\"), st.sampled_from((ARABIC_INDIC, WESTERN, SEARCHABLE)))
def test_replacing_is_translating(text: str, table: dict[int, Any]) -> None:
    assert replacing(table)(text) == text.translate(table)


def test_what_is_not_changed_is_not_copied() -> None:
    body = (Paragraph(Role.PLAIN, content=(Text("a"),)), Paragraph(Role.PLAIN, content=(Text("b"),)))
    changed = map_contents(body, lambda content: (Text("c"),) if content == (Text("b"),) else content)
    assert changed[0] is body[0]
    assert changed[1] == replace(body[1], content=(Text("c"),))
    assert map_contents(body, lambda content: content) is body


def test_templates_and_fonts_are_those_of_the_wheel_if_it_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, checkout = tmp_path / "package", tmp_path / "checkout"
    monkeypatch.setattr(assets, "_PACKAGE", package)
    monkeypatch.setattr(assets, "_CHECKOUT", checkout)
    assert assets._folder("fonts") == checkout / "fonts"
    (package / "_fonts").mkdir(parents=True)
    assert (assets._folder("fonts"), assets._folder("templates")) == (package / "_fonts", checkout / "templates")
