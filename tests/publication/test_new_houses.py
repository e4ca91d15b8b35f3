"""What is written for a new organization, and what one lacks, each thing by itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from masthead import publication
from masthead.document import OrderError, Organization
from masthead.publication.houses import _locale_of, _settings_of


def settings(name: str, *languages: str) -> dict[str, object]:
    return tomllib.loads(_settings_of(name, languages))


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("Harbour Board", "HB"), ("Board of the Harbour and Docks", "BHD"), ("Office for Rivers", "OR"),
        ("United Five Big Old Seas", "UFBO"),
        ("harbour board", "HB"), ("هيئة الميناء", "ORG"), ("of the and", "ORG"), ("Élan vital", "LV"),
        ("The Board", "TB"),
    ],
)  # fmt: skip
def test_the_series_has_the_first_letters_of_the_words_that_say_something(name: str, series: str) -> None:
    made = settings(name, "en")
    assert made["organs"] == {"council": {"series": series, "names": {"en": "Council"}}}
    assert made["symbols"] == {"example": f"{series}/2049/1", "address": "https://docs.example.org/{symbol}"}


@pytest.mark.parametrize(
    ("name", "languages", "official"),
    [
        ("Harbour Board", ("en", "ar"), {"en": "Harbour Board", "ar": "المنظمة"}),
        ("Harbour Board", ("ar", "en"), {"ar": "Harbour Board", "en": "Harbour Board"}),
        ("هيئة الميناء", ("en", "ar"), {"en": "Organization", "ar": "هيئة الميناء"}),
        ("هيئة الميناء", ("fr", "en"), {"fr": "هيئة الميناء", "en": "Organization"}),
        ("Совет порта", ("en", "ru"), {"en": "Organization", "ru": "Совет порта"}),
        ("港务局", ("es", "zh"), {"es": "Organización", "zh": "港务局"}),
        ("Autorité du Port", ("fr", "en"), {"fr": "Autorité du Port", "en": "Organization"}),
        ("Port", ("fr", "en", "ru"), {"fr": "Port", "en": "Port", "ru": "Организация"}),
        ("Port", ("en", "sw"), {"en": "Port", "sw": "Port sw"}),
    ],
)  # fmt: skip
def test_a_name_is_in_the_language_of_its_letters(
    name: str, languages: tuple[str, ...], official: dict[str, str]
) -> None:
    made = settings(name, *languages)
    found = made["languages"]
    assert isinstance(found, dict)
    assert {code: entry["official"] for code, entry in found.items()} == official
    assert made["name"] == name


def test_a_new_language_has_a_letter_of_its_own_and_a_name_to_be_corrected() -> None:
    found = settings("X", "en", "sw", "pt")["languages"]
    assert found == {
        "en": {"official": "X"}, "sw": {"name": "sw", "letter": "B", "official": "X sw"},
        "pt": {"name": "pt", "letter": "D", "official": "X pt"},
    }  # fmt: skip


def test_organs_have_a_name_in_each_language() -> None:
    organs = settings("X", "ar", "en", "es", "fr", "ru", "zh", "sw")["organs"]
    assert organs == {"council": {"series": "X", "names": {
        "ar": "المجلس", "en": "Council", "es": "Consejo", "fr": "Conseil", "ru": "Совет", "zh": "理事会",
        "sw": "Council",
    }}}  # fmt: skip


def test_quotes_in_a_name_are_written_so_that_they_are_read() -> None:
    name = 'The "Old" \\ Port'
    assert settings(name, "en")["name"] == name
    rest = settings("X", "en")
    assert (rest["mandatory"], rest["pages"]) == (["date"], {"paper": "A4", "sheets": ["letterhead"]})
    assert rest["types"] == {"report": {}, "letter": {}, "decision": {"like": "resolution", "symbol": "/DEC/"}}


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_a_language_that_is_bundled_whole_needs_no_locale(code: str) -> None:
    assert _locale_of(code) == ""


@pytest.mark.parametrize(
    ("code", "masthead", "category", "english"),
    [
        ("ar", {"distribution": "التوزيع: {category}", "original": "الأصل: {language}", "only": "{language} فقط"},
            "عام", "بالإنكليزية"),
        ("ru", {"distribution": "Распространение: {category}", "original": "Язык оригинала: {language}"}, "общее",
            "английский"),
        ("zh", {"distribution": "分发：{category}", "original": "原文：{language}"}, "普遍", "英文"),
    ],
)  # fmt: skip
def test_a_language_whose_block_is_bundled_in_english_has_it_in_its_own(
    code: str, masthead: dict[str, str], category: str, english: str
) -> None:
    found = tomllib.loads(_locale_of(code))
    assert found["masthead"] == masthead | {"distribution_language": code}
    assert found["new"] == {"distribution": category}
    assert list(found["languages"]) == ["ar", "zh", "en", "fr", "ru", "es"] and found["languages"]["en"] == english


def test_another_language_has_the_words_of_english_to_be_translated() -> None:
    text = _locale_of("sw")
    found = tomllib.loads(text)
    assert text.startswith("# To be translated: ") and found["base"] == "en"
    assert found["masthead"]["distribution_language"] == "sw" and "new" in found
    assert {"organs", "agents", "masthead_organs", "references", "languages"} & set(found) <= {
        "languages",
        "references",
    }


@pytest.mark.parametrize("wrong", ["EN", "e", "engl", "en-GB", "1a", ""])
def test_a_language_is_named_by_its_code(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(OrderError) as caught:
        publication.new_organization(tmp_path / "x", "X", ["en", wrong])
    assert caught.value.message == f"“{wrong}” is not a code of a language"
    assert caught.value.hint == "write it as in ISO 639: ar, en, sw" and not (tmp_path / "x").exists()


def test_the_files_of_a_new_organization_are_those_that_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    written = publication.new_organization(folder, "X", ["en", "ar", "pt"])
    assert [path.relative_to(folder).as_posix() for path in written] == [
        "organization.toml", "masthead.toml", "css/letterhead.css", "emblem.svg", "locales/ar.toml", "locales/pt.toml",
        "documents/report.en.md", "documents/report.ar.md", "documents/report.pt.md",
    ]  # fmt: skip
    assert sorted(written) == sorted(path for path in folder.rglob("*") if path.is_file())
    assert tomllib.loads((folder / "masthead.toml").read_text("utf-8")) == {"organization": ".", "output": "output"}
    with pytest.raises(OrderError, match="file already exists"):
        publication.new_organization(folder, "X", ["en"])


# --- what one lacks ---------------------------------------------------------------------------------------------------


def lacking(
    tmp_path: Path, *languages: str, change: Callable[[Path], object] = lambda folder: None
) -> list[tuple[str, str, str, str]]:
    folder = tmp_path / "x"
    publication.new_organization(folder, "Port", languages)
    change(folder)
    found = publication.shortcomings(Organization.load(folder))
    return [(str(each.severity), each.message, each.where.removeprefix(f"{folder}/"), each.hint) for each in found]


ADDRESS = (
    "warning",
    "QR codes and links lead to example.org",
    "organization.toml",
    "set symbols.address to the address of your documents",
)


def test_a_new_organization_has_an_address_to_be_set(tmp_path: Path) -> None:
    assert lacking(tmp_path, "en") == [ADDRESS]


def test_a_new_language_has_a_name_to_be_set(tmp_path: Path) -> None:
    assert lacking(tmp_path, "en", "pt")[1:] == [
        ("warning", "the language pt has no English name", "organization.toml",
            "set languages.pt.name, and alpha3, its code in ISO 639-2"),
    ]  # fmt: skip


def test_a_placeholder_is_named_with_its_line(tmp_path: Path) -> None:
    _, found = lacking(tmp_path, "en", "fr")
    assert (found[0], found[1]) == ("warning", "pages in French print the placeholder Organisation")
    assert found[2].startswith("organization.toml:")
    assert found[3] == "set languages.fr.official to the name of the organization"


def cut(name: str, *old: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        for each in old:
            assert each in text
            text = text.replace(each, "")
        (folder / name).write_text(text, "utf-8")

    return change


def test_words_that_a_locale_lacks_are_listed_up_to_eight(tmp_path: Path) -> None:
    found = lacking(tmp_path, "en", "pt", change=cut("locales/pt.toml", 'single = "Annex"\n'))
    assert found[1:] == [("error", "the locale lacks annex.single", "locales/pt.toml", "add them to the file")]
    path = tmp_path / "x" / "locales" / "pt.toml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?ms)^\[resolution\]\n.*?(?=^\[marks\])", "[resolution]\n\n", text), "utf-8")
    (many,) = (each for each in publication.shortcomings(Organization.load(tmp_path / "x")) if "lacks" in each.message)
    listed = many.message.removeprefix("the locale lacks ").split(", ")
    assert listed[0] == "annex.single" and set(listed[1:]) <= {
        f"resolution.{key}" for key in ("adoption", "untitled", "basis", "number", "formula", "verb")
    }
    assert len(listed) == 7 and " more" not in many.message
    for keys, rest in (("section_paragraph|section_point", 1), ("paragraph", 3)):
        text = re.sub(rf"(?m)^({keys}) = .*\n", "", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        (more,) = (
            each for each in publication.shortcomings(Organization.load(tmp_path / "x")) if "lacks" in each.message
        )
        assert more.message.count(", ") == 7 and more.message.endswith(f" and {rest} more")


def test_an_organ_without_a_name_is_an_error_for_its_language_alone(tmp_path: Path) -> None:
    found = lacking(tmp_path, "en", "ar", change=cut("organization.toml", ', ar = "المجلس"'))
    assert ("error", "organ council has no name in Arabic", "organization.toml", "set organs.council.names.ar") in found
    assert not any("English" in message for _, message, _, _ in found)


def test_the_bundled_emblem_and_name_are_those_of_somebody_else(tmp_path: Path) -> None:
    found = lacking(tmp_path, "en", change=lambda folder: (folder / "emblem.svg").unlink())
    assert ("warning", "pages print the bundled emblem", str(tmp_path / "x"), "add emblem.svg or emblem.png") in found
    path = tmp_path / "x" / "organization.toml"
    path.write_text(path.read_text("utf-8").replace('official = "Port"', 'official = "United Nations"'), "utf-8")
    again = [
        (str(each.severity), each.message, each.hint)
        for each in publication.shortcomings(Organization.load(tmp_path / "x"))
    ]
    assert ("error", "pages in English print the name United Nations", "set languages.en.official") in again


def test_what_is_wrong_in_two_locales_is_said_of_each(tmp_path: Path) -> None:
    def change(folder: Path) -> None:
        for code in ("pt", "sw"):
            cut(f"locales/{code}.toml", 'single = "Annex"\n')(folder)

    found = lacking(tmp_path, "en", "pt", "sw", change=change)
    assert [(message, where) for _, message, where, _ in found if "lacks" in message] == [
        ("the locale lacks annex.single", "locales/pt.toml"), ("the locale lacks annex.single", "locales/sw.toml"),
    ]  # fmt: skip


def test_an_error_of_the_house_is_said_before_its_languages_are_tried(tmp_path: Path) -> None:
    def change(folder: Path) -> None:
        path = folder / "organization.toml"
        path.write_text(path.read_text("utf-8") + '\n[lint.exempt]\n"no-such-rule" = "why"\n', "utf-8")
        cut("locales/pt.toml", 'single = "Annex"\n')(folder)

    found = lacking(tmp_path, "en", "pt", change=change)
    assert [message for severity, message, _, _ in found if severity == "error"] == ["unknown rule no-such-rule"]
