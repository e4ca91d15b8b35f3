"""Organizations: what their file says replaces what the bundled file says, and errors name the line."""

import pickle
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from houses import LEAST
from masthead import formats
from masthead.document import (
    DocumentType,
    Language,
    OrderError,
    Organ,
    Organization,
    SourceError,
    Symbol,
    TemplateError,
    locales,
)
from masthead.document import organizations as rooms
from paths import ORGANIZATIONS

RIVER = ORGANIZATIONS / "river-commission"
DECISION = RIVER / "documents" / "decision.fr.md"


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    def make(text: str) -> Path:
        (tmp_path / "organization.toml").write_text(text, "utf-8")
        return tmp_path

    return make


def test_what_an_organization_does_not_say_is_that_of_the_bundled_one(folder: Callable[[str], Path]) -> None:
    with Organization.load(folder(LEAST)).used():
        assert [*Language] == ["en"]
        assert [*Organ] == ["council"]
        assert "report" in DocumentType
        assert locales.load(Language.ENGLISH).organ(Organ("council")) == "City Council"
        assert locales.load(Language.ENGLISH).word("annex", "single") == "Annex"
    assert len(Language) == 6


@pytest.mark.parametrize(
    ("line", "change", "message"),
    [
        (3, ("[languages]", "[langauges]"), "unknown key langauges"),
        (4, ("en = {}", "english = {}"), "english is not a code of a language"),
        (4, ("en = {}", 'sw = { letter = "K" }'), "language sw lacks name"),
        (7, ('series = "CC"', 'serie = "CC"'), "unknown key organs.council.serie"),
        (6, ('series = "CC"', ""), "organ council has no series"),
        (11, ("{symbol}", "symbol"), "symbols.address must be an address that ends in /{symbol}"),
        (1, ('"the City"', "7"), "name must be a text"),
        (
            11,
            ("[symbols]", "[symbols]\npattern = '(CC)/1'\nexample = 'CC/1'"),
            "symbols.pattern may not capture groups",
        ),
        (12, ("[symbols]", "[symbols]\npattern = 'CC/1'\nexample = 'CC/2'"), "does not match symbols.pattern"),
        (2, ("\n\n[lang", "\nmandatory = ['title']\n[lang"), "mandatory may hold job, distribution, date"),
        (11, ("[symbols]", "[pages]\nsheets = 'blue'\n[symbols]"), "pages.sheets must be a list of texts"),
        (8, ('{ en = "City Council" }', '"City Council"'), "organs.council.names must be a table"),
        (10, ("[symbols]\naddress", "[x]\naddress"), "unknown key x"),
        (13, ('"https', "example = 1\nx = "), "not valid TOML"),
        (11, ("[symbols]", "[types.letter]\nlike = 'leter'\n[symbols]"), "unknown type: leter"),
        (11, ("[symbols]", "[pages]\nsheets = ['blue']\n[symbols]"), "no style sheet css/blue.css"),
    ],
)
def test_errors_name_the_line(folder: Callable[[str], Path], line: int, change: tuple[str, str], message: str) -> None:
    with pytest.raises(OrderError, match=message.replace("{", r"\{")) as raised:
        Organization.load(folder(LEAST.replace(*change)))
    if "TOML" not in message:
        assert raised.value.where.endswith(f"organization.toml:{line}")


_ARABIC = LEAST.replace('"CC"', '"ب.ع"')


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (7, _ARABIC, "the series ب.ع is not one without a pattern of symbols"),
        (7, LEAST.replace('"CC"', '"cc"'), "the series cc is not one without a pattern of symbols"),
        (
            11,
            LEAST.replace("[symbols]", "[symbols]\nexample = 'XX/1'"),
            "the example XX/1 is not a symbol of an organ",
        ),
        (8, LEAST.replace("{ en", '{ de = "Rat", en'), "organs.council has a name in de"),
        (7, LEAST.replace('"CC"', '"CC"\nparent = "council"'), "organ council is its own parent: council > council"),
    ],
)
def test_what_would_fail_later_is_refused_when_the_file_is_read(
    folder: Callable[[str], Path], line: int, text: str, message: str
) -> None:
    with pytest.raises(OrderError) as raised:
        Organization.load(folder(text))
    assert raised.value.message.startswith(message)
    assert abs(int(raised.value.where.rpartition(":")[2]) - line) <= 1
    assert raised.value.others == ()


def test_all_errors_of_the_file_are_reported_in_order_without_those_that_only_follow(
    folder: Callable[[str], Path],
) -> None:
    text = (
        LEAST.replace('"the City"', "7").replace("{}", '{ digits = "roman" }').replace('series = "CC"', 'serie = "CC"')
    )
    with pytest.raises(OrderError) as raised:
        Organization.load(folder(text.replace("https", "http")))
    assert [each.message for each in raised.value.each] == [
        "name must be a text",
        "unknown digits: roman",
        "unknown key organs.council.serie",
        "symbols.address must be an address that ends in /{symbol}",
    ]


@pytest.mark.parametrize(
    ("line", "text", "message", "hint"),
    [
        (2, "[masthead]\ndistributon = ''", "unknown key masthead.distributon", "did you mean distribution?"),
        (1, "[mastheads]\nx = ''", "unknown table mastheads", "did you mean masthead?"),
        (2, "[masthead]\ncategories = 5", "masthead.categories must be a list of texts", ""),
        (2, "[masthead]\ndistribution = '{cat}'", "unknown field {cat} in masthead.distribution", "{category}"),
        (3, "[resolution]\n\nadoption = '{organ'", "the braces of resolution.adoption do not match", "{date}, {organ}"),
        (2, "[dates]\nmonths = ['1']", "dates.months must have 12 entries", ""),
        (2, "[masthead]\nonly =", "the locale is not valid TOML", ""),
    ],
)
def test_a_locale_may_hold_what_the_bundled_ones_hold(
    folder: Callable[[str], Path], line: int, text: str, message: str, hint: str
) -> None:
    home = folder(LEAST)
    (home / "locales").mkdir()
    (home / "locales" / "en.toml").write_text(text, "utf-8")
    with Organization.load(home).used(), pytest.raises(TemplateError) as raised:
        locales.load(Language.ENGLISH)
    assert raised.value.message.startswith(message)
    assert raised.value.where == f"{home / 'locales' / 'en.toml'}:{line}"
    assert hint in raised.value.hint


def test_the_language_of_the_distribution_block_must_be_known(folder: Callable[[str], Path]) -> None:
    home = folder(LEAST)
    (home / "locales").mkdir()
    (home / "locales" / "en.toml").write_text("[masthead]\ndistribution_language = 'xx'", "utf-8")
    with Organization.load(home).used(), pytest.raises(TemplateError, match="no language “xx” for the lines"):
        locales.distribution_locale(locales.load(Language.ENGLISH))


def test_a_symbol_that_follows_from_a_number_must_be_one_of_the_organization(folder: Callable[[str], Path]) -> None:
    text = LEAST.replace("[symbols]", "[symbols]\npattern = 'CC/[0-9]+/[0-9]+'\nexample = 'CC/2049/1'")
    source = (
        "---\ntype: resolution\nlanguage: en\nnumber: 2049/3\njob: 00-00000 (E)\ndistribution: General\n"
        "date: 14 March 2049\ntitle: T\nsession: s\nagenda-item: i\nadoption: a\n---\n\nText.\n"
    )
    with Organization.load(folder(text)).used():
        with pytest.raises(SourceError) as raised:
            formats.parse(source.encode(), "x.md")
        assert "the front matter lacks symbol" in [each.message for each in raised.value.each]
        read = formats.parse(source.replace("title:", "symbol: CC/2049/3\ntitle:").encode(), "x.md")
        assert str(read.symbol) == "CC/2049/3"


def test_a_misspelled_name_gets_a_suggestion(folder: Callable[[str], Path]) -> None:
    with pytest.raises(OrderError) as raised:
        Organization.load(folder(LEAST.replace("[languages]", "[langauges]")))
    assert raised.value.hint == "did you mean languages?"


@pytest.mark.parametrize(
    ("written", "wrong", "message", "hint"),
    [
        (
            "type: decision",
            "type: decison",
            "unknown type of the Commission of the River Tamu",
            "did you mean decision?",
        ),
        ("organ: council-of-ministers", "organ: security-council", "unknown organ of the Commission", "known are"),
        ("language: fr", "language: es", "unknown language of the Commission", "known are"),
        ("(F)", "(S)", "not a job number", "T49-0123 (F)"),
        ("number: 12/3", "number: 12/3\nsymbol: A/RES/64/292", "is not a symbol of the Commission", "CRT/CM/DEC/12/3"),
    ],
)
def test_a_name_that_the_organization_lacks_is_an_error(written: str, wrong: str, message: str, hint: str) -> None:
    source = DECISION.read_text("utf-8").replace(written, wrong, 1)
    with Organization.load(RIVER).used(), pytest.raises(SourceError, match=message) as raised:
        formats.parse(source.encode(), "x.md")
    assert hint in raised.value.each[0].hint


def test_nothing_follows_from_a_type_that_resembles_none() -> None:
    source = (RIVER / "documents" / "bulletin.fr.md").read_text("utf-8").replace("type: bulletin", "type: question")
    with Organization.load(RIVER).used(), pytest.raises(SourceError) as raised:
        formats.parse(source.replace("symbol:", "subtitle:").encode(), "x.md")
    assert [each.message for each in raised.value.each] == [
        "unknown type of the Commission of the River Tamu “question”"
    ]
    assert raised.value.hint == "known are decision, report, bulletin, convocation"


def test_symbols_lead_to_the_organization_that_has_the_document() -> None:
    own, other = "CRT/CM/DEC/12/3", "A/RES/64/292"
    with Organization.load(RIVER).used():
        assert Symbol.parse(own).address == f"https://docs.tamu.example/{own}"
        assert Symbol.parse(other).address == f"https://undocs.org/{other}"
        assert Symbol.at(f"https://docs.tamu.example/{own}") == Symbol(own)
        assert Symbol.parse(own).organ == "council-of-ministers"
        assert formats.read(DECISION).symbol == Symbol(own)
    assert Symbol.at(f"https://docs.tamu.example/{own}") is None


def test_threads_can_work_for_two_organizations_at_the_same_time() -> None:
    ready, found = threading.Barrier(2), {}

    def work(organization: Organization) -> None:
        with organization.used():
            ready.wait()
            for _ in range(20):
                names = tuple(Organ), locales.load(Language.FRENCH).word("masthead", "organization")
                found.setdefault(organization.name, set()).add(names)

    threads = [threading.Thread(target=work, args=(each,)) for each in (Organization.load(RIVER), rooms.bundled())]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {name: len(values) for name, values in found.items()} == {
        "the United Nations": 1,
        "the Commission of the River Tamu": 1,
    }
    assert len(set.union(*found.values())) == 2


def test_a_pickled_organization_is_read_again_and_refused_if_its_files_have_changed(
    folder: Callable[[str], Path],
) -> None:
    organization = Organization.load(folder(LEAST))
    data = pickle.dumps(organization)
    assert pickle.loads(data) == organization
    folder(LEAST.replace("City Council", "Council of the City"))
    with pytest.raises(OrderError, match="the files of the organization differ or have changed"):
        pickle.loads(data)


def test_a_locale_reads_texts_with_the_words_of_its_base_but_prints_its_own_only(
    folder: Callable[[str], Path],
) -> None:
    text = LEAST.replace("en = {}", 'sw = { name = "Swahili", letter = "K", alpha3 = "swa" }').replace(
        "{ en =", "{ sw ="
    )
    home = folder(text)
    (home / "locales").mkdir()
    (home / "locales" / "sw.toml").write_text('base = "en"\n[masthead]\norganization = "Jiji"\n', "utf-8")
    with Organization.load(home).used():
        locale = locales.load(Language("sw"))
        assert locale.word("reading", "session") == ["{text} session"]
        assert locale.word("masthead", "organization") == "Jiji"
        assert "annex" not in locale.words
    (home / "locales" / "sw.toml").write_text('base = "en"\n', "utf-8")  # no words of its own are needed to read
    with Organization.load(home).used():
        assert locales.load(Language("sw")).word("reading", "session") == ["{text} session"]


def test_paper_is_a4_unless_the_organization_has_another(folder: Callable[[str], Path]) -> None:
    letter = LEAST + '\n[pages]\npaper = "Letter"\n'
    assert rooms.bundled().paper == ""  # the job number decides it
    assert Organization.load(folder(LEAST)).paper == "A4"
    assert Organization.load(folder(letter)).paper == "Letter"
    with pytest.raises(OrderError, match="unknown paper: A5"):
        Organization.load(folder(letter.replace("Letter", "A5")))
