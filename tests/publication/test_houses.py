"""Other organizations, from the docs alone: the examples, a new folder, a type of its own."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest

import masthead
from masthead import publication
from masthead.document import Organization, TemplateError, files
from masthead.editing import concordance, lint
from masthead.press.imposition import Booklet, impose
from masthead.typesetting import fonts
from paths import DOCS, ORGANIZATIONS, SPECIMENS

RIVER, CITY = ORGANIZATIONS / "river-commission", ORGANIZATIONS / "city-council"
HOUSES = (RIVER, CITY)
SOURCES = [path for house in HOUSES for path in sorted((house / "documents").glob("*.md"))]
TITLES = sorted({(path.parents[1], path.name.split(".")[0]) for path in SOURCES})


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Organization]:
    """A new organization, as `masthead new organization` writes it, in use."""
    publication.new_organization(tmp_path / "house", "Harbour Board", ["en", "ar", "pt"])
    organization = Organization.load(tmp_path / "house")
    with organization.used():
        yield organization


def published(path: Path) -> publication.Edition:
    with Organization.load(path.parents[1]).used():
        return publication.publish(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_documents_of_the_examples_have_no_findings(path: Path) -> None:
    with Organization.load(path.parents[1]).used():
        assert lint.check(path) == ()
        edition = publication.publish(path)
        assert edition.report.findings == ()
        again = publication.publish(path)
        assert masthead.compare(edition.pdf, again.pdf).same
        assert impose(edition.pdf, Booklet()).data.startswith(b"%PDF")


@pytest.mark.parametrize(("house", "name"), TITLES, ids=lambda each: str(getattr(each, "name", each)))
def test_the_language_versions_of_the_examples_agree(house: Path, name: str) -> None:
    with Organization.load(house).used():
        paths = sorted((house / "documents").glob(f"{name}.*.md"))
        versions = [concordance.Version.of(publication.read(path), path.stem, path=str(path)) for path in paths]
        assert len(versions) == len(masthead.Language)
        assert concordance.concord(versions).disagreements == ()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
@pytest.mark.parametrize("form", [".md", ".akn", ".docx"])
def test_the_documents_of_the_examples_are_the_same_in_every_form(path: Path, form: str) -> None:
    from masthead import formats

    with Organization.load(path.parents[1]).used():
        document = formats.read(path)
        assert formats.parse(formats.render(document, form), f"x{form}") == document


@pytest.mark.slow
def test_publishing_for_one_organization_does_not_change_the_files_of_another() -> None:
    paths = (
        SPECIMENS / "A_RES_104_12.fr.md",
        RIVER / "documents" / "decision.fr.md",
        CITY / "documents" / "notice.ar.md",
    )
    homes = (None, RIVER, CITY)

    def make(path: Path, home: Path | None) -> bytes:
        return (published(path) if home else publication.publish(path)).pdf.data

    first = [make(*each) for each in zip(paths, homes, strict=True)]
    last = [make(*each) for each in reversed(list(zip(paths, homes, strict=True)))]
    assert first == last[::-1]


@pytest.mark.slow
def test_workers_publish_for_the_organization_and_again_when_a_file_that_it_uses_changes(tmp_path: Path) -> None:
    home = shutil.copytree(CITY, tmp_path / "city")

    def states() -> dict[str, tuple[str, tuple[str, ...]]]:
        with Organization.load(home).used():
            outcomes = [*masthead.run([home / "documents" / "notice.en.md"], tmp_path / "out")]
        assert [each.error for each in outcomes] == [None]
        return {each.output.name: (str(each.state), each.reasons) for each in outcomes if each.output}

    assert states() == {"QMR-2049-41.en.pdf": ("made", ("never made",))}
    assert states()["QMR-2049-41.en.pdf"][0] == "unchanged"
    sheet = home / "css" / "letterhead.css"
    sheet.write_text(sheet.read_text("utf-8").replace("#2f5d3a", "#5d2f3a"), "utf-8")
    assert states()["QMR-2049-41.en.pdf"] == ("made", ("css/letterhead.css changed",))
    (home / "documents" / "other.en.md").write_text("", "utf-8")
    assert states()["QMR-2049-41.en.pdf"][0] == "unchanged"
    locale = home / "locales" / "en.toml"
    locale.write_text(locale.read_text("utf-8").replace("Circulation", "Readers"), "utf-8")
    assert states()["QMR-2049-41.en.pdf"] == ("made", ("locales/en.toml changed",))


@pytest.mark.slow
def test_a_new_organization_publishes_at_once(house: Organization) -> None:
    for path in sorted((house.folder / "documents").iterdir()):
        assert publication.publish(path).report.findings == ()
    assert {finding.severity for finding in publication.shortcomings(house)} == {"warning"}


def test_what_an_organization_lacks_is_reported(house: Organization) -> None:
    settings, locale = house.folder / "organization.toml", house.folder / "locales" / "pt.toml"
    locale.write_text(locale.read_text("utf-8").replace('single = "Annex"\n', ""), "utf-8")
    text = settings.read_text("utf-8").replace('ar = "المجلس", ', "")
    settings.write_text(text, "utf-8")
    (house.folder / "emblem.svg").unlink()
    (house.folder / "templates").mkdir()
    (house.folder / "templates" / "letter.html.j2").write_text("{{ page.titel }}", "utf-8")
    found = {finding.message for finding in publication.shortcomings(Organization.load(house.folder))}
    assert "the locale lacks annex.single" in found
    assert "organ council has no name in Arabic" in found
    assert "pages print the bundled emblem" in found
    assert any("titel" in message for message in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("organization.toml", 'symbol = "/DEC/"', 'needs = ["titel"]', "type decision needs an unknown key: titel"),
        ("organization.toml", 'symbol = "/DEC/"', 'symbol = "-"', "masthead new decision writes the symbol HB/2049/1"),
        ("organization.toml", '"Harbour Board" }', '"Organization" }', "pages in English print the placeholder"),
        ("templates/letter.html.j2", "", '<link rel="stylesheet" href="css/x.css">', "no style sheet css/x.css"),
        ("emblem.svg", "<svg", "<sv", "the picture cannot be read"),
        ("locales/en.toml", "", '[agents]\ncouncil = "the Council"', "a line of adoption has “the the”"),
        ("locales/en.toml", "", "[masthead]\ndistributon = ''", "unknown key masthead.distributon"),
    ],
)
def test_what_would_be_printed_wrong_or_fail_is_reported_with_its_place(
    house: Organization, name: str, old: str, new: str, message: str
) -> None:
    path = house.folder / name
    text = path.read_text("utf-8") if path.is_file() else ""
    files.save(path, (text.replace(old, new) if old else text + new).encode())
    found = [*publication.shortcomings(Organization.load(house.folder))]
    mine = [each for each in found if message in each.message]
    assert len(mine) == 1
    assert str(path) in mine[0].where


def test_numbers_by_year_and_sessions_by_count_do_not_contradict_each_other(house: Organization) -> None:
    from masthead import formats
    from masthead.document import DocumentType, Language, Organ

    made = formats.new_document(DocumentType("decision"), Language.ENGLISH, Organ.first(), date(2049, 3, 14))
    source = formats.render(made, ".md").decode().replace("session: 2049 session", "session: Fifth session")
    assert "session: Fifth session" in source
    assert "number-session" not in {each.rule for each in lint.check_source(source.encode(), "x.md")}
    wrong = source.replace("number: 2049/", "number: 6/")
    assert "number-session" in {each.rule for each in lint.check_source(wrong.encode(), "x.md")}


@pytest.mark.slow
def test_a_file_that_a_style_sheet_names_and_that_is_absent_is_an_error(house: Organization) -> None:
    sheet = house.folder / "css" / "letterhead.css"
    sheet.write_text('@import url("absent.css");\n' + sheet.read_text("utf-8"), "utf-8")
    with (
        Organization.load(house.folder).used(),
        pytest.raises(masthead.TypesettingError, match=r"a resource cannot be read: .*absent\.css"),
    ):
        publication.publish(house.folder / "documents" / "report.en.md")


def test_publishing_without_an_emblem_is_a_warning(house: Organization) -> None:
    (house.folder / "emblem.svg").unlink()
    with Organization.load(house.folder).used():
        document = masthead.read(house.folder / "documents" / "report.en.md")
        (found,) = masthead.mark_up(document).findings
    assert (found.message, found.severity) == ("pages print the bundled emblem", "warning")


def test_a_name_in_arabic_letters_is_the_arabic_name(tmp_path: Path) -> None:
    publication.new_organization(tmp_path / "house", "هيئة الميناء", ["en", "ar"])
    organization = Organization.load(tmp_path / "house")
    assert organization.languages["ar"].official == "هيئة الميناء"
    assert organization.languages["en"].official == "Organization"
    found = {finding.message for finding in publication.shortcomings(organization)}
    assert "pages in English print the placeholder Organization" in found


def test_new_documents_speak_for_the_organization(house: Organization) -> None:
    from masthead import formats
    from masthead.document import DocumentType, Language, Organ, model

    def made(kind: str, language: str) -> masthead.Document:
        return formats.new_document(DocumentType(kind), Language(language), Organ.first(), date(2049, 3, 14))

    assert made("report", "ar").masthead.original == "بالعربية"
    assert model.plain(made("letter", "en").preface.title) == "Letter dated 14 March 2049 from the sender"
    verbs = [model.plain(block.content).split()[0] for block in made("decision", "ar").body[2:]]
    assert verbs == ["يقرر", "يقرر"]


def test_an_unknown_rule_and_a_font_that_is_not_there_are_reported(house: Organization) -> None:
    settings = house.folder / "organization.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[lint.exempt]\n"no-such-rule" = "why"\n', "utf-8")
    _add_font(house.folder, "absent.ttf")
    found = {finding.message for finding in publication.shortcomings(Organization.load(house.folder))}
    assert "unknown rule no-such-rule" in found
    (font,) = [each for each in publication.shortcomings(Organization.load(house.folder)) if "House" in each.message]
    assert font.where == str(house.folder / "fonts" / "families.toml")


@pytest.mark.slow
def test_pages_are_set_in_the_fonts_of_the_organization(house: Organization) -> None:
    regular = next(face for face in fonts.load().faces if (face.family, face.style) == ("DejaVu Sans", "regular"))
    (house.folder / "fonts").mkdir()
    shutil.copy(regular.path, house.folder / "fonts")
    _add_font(house.folder, regular.path.name)
    sheet = house.folder / "css" / "letterhead.css"
    sheet.write_text(f'{sheet.read_text("utf-8")}\nmain p {{ font-family: "House Serif" }}\n', "utf-8")
    with Organization.load(house.folder).used():
        edition = publication.publish(house.folder / "documents" / "report.en.md")
    assert edition.report.findings == ()
    with pikepdf.open(io.BytesIO(edition.pdf.data)) as file:
        names = {str(font.BaseFont) for font in file.pages[0].Resources.Font.values()}
    assert any("DejaVu" in name for name in names)


def _add_font(folder: Path, name: str) -> None:
    """Describe a font file in the folder of an organization."""
    path = folder / "fonts" / name
    digest = files.sha256(path.read_bytes()) if path.is_file() else "0" * 64
    path.parent.mkdir(exist_ok=True)
    (path.parent / "families.toml").write_text(
        '[[families]]\nname = "House Serif"\nrole = "text"\nlicence = "own"\nobtain = "ask"\n'
        f'[[families.sources]]\nface = "DejaVu Sans"\nfolders = ["."]\n'
        f'[families.sources.files]\nregular = {{ file = "{name}", sha256 = ["{digest}"] }}\n',
        "utf-8",
    )


def test_the_page_about_organizations_has_a_file_that_loads(tmp_path: Path) -> None:
    text = (DOCS / "organizations.md").read_text("utf-8")
    settings, words, names = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (sheet,) = re.findall(r"```css\n(.*?)```", text, re.DOTALL)
    for name, content in {
        "organization.toml": settings,
        "locales/en.toml": words,
        "css/letterhead.css": sheet,
        "locales/ar.toml": f'[masthead]\ndistribution_language = "ar"\n\n{names}',
        "emblem.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    assert [*publication.shortcomings(Organization.load(tmp_path))] == []


def test_a_locale_prints_no_word_of_another_language(house: Organization) -> None:
    locale = house.folder / "locales" / "pt.toml"
    locale.write_text(locale.read_text("utf-8").replace('organization = "United Nations"\n', ""), "utf-8")
    path = house.folder / "documents" / "report.pt.md"
    path.write_text(path.read_text("utf-8") + "\n<!-- annex --> List\n\nText.\n", "utf-8")
    locale.write_text(locale.read_text("utf-8").replace('single = "Annex"\n', ""), "utf-8")
    organization = Organization.load(house.folder)
    with organization.used(), pytest.raises(TemplateError, match=r"the locale has no annex\.single") as raised:
        publication.publish(path)
    assert raised.value.where == str(locale)


@pytest.mark.slow
def test_the_page_about_adding_a_type_followed_to_the_letter_adds_one(house: Organization) -> None:
    text = (DOCS / "adding-a-type.md").read_text("utf-8")
    entry, template, sheet = (re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("toml", "jinja", "css"))
    assert entry and template and sheet
    settings = house.folder / "organization.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{entry[1]}", "utf-8")
    (house.folder / "templates").mkdir()
    (house.folder / "templates" / "circular.html.j2").write_text(template[1], "utf-8")
    (house.folder / "css" / "circular.css").write_text(sheet[1], "utf-8")
    with Organization.load(house.folder).used():
        from masthead import formats
        from masthead.document import DocumentType, Language, Organ

        for language in Language:
            document = formats.new_document(DocumentType("circular"), language, Organ.first(), date(2049, 3, 14))
            source = publication.SourceFile("x.md", formats.render(document, ".md"))
            edition = publication.publish(source)
            assert str(edition.document.symbol) == "HB/CIRC/2049/1"
            assert "css/circular.css" in edition.html.text
            assert edition.report.findings == ()
            assert [each for each in lint.check_source(source.data, "x.md") if each.severity == "error"] == []


@pytest.mark.parametrize("name", ["paper.ar", "paper.en"])
def test_a_word_file_that_masthead_did_not_write_is_read_without_a_job_number(name: str) -> None:
    from masthead import formats

    with Organization.load(CITY).used():
        document = formats.read(CITY / "documents" / f"{name}.md")
        ours = formats.render(document, ".docx")
        assert b"00-00000" not in b"".join(_parts(ours).values())
        plain = io.BytesIO()
        with zipfile.ZipFile(plain, "w") as package:
            for part, data in _parts(ours).items():
                package.writestr(part, re.sub(rb'name="Masthead\w+"', b'name="Other"', data))
        read = formats.parse(plain.getvalue(), "x.docx")
    same = ("language", "organ", "symbol", "masthead", "preface", "job", "type")
    assert [getattr(read, each) for each in same] == [getattr(document, each) for each in same]


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {each: package.read(each) for each in package.namelist()}


@pytest.mark.parametrize("home", HOUSES, ids=lambda home: home.name)
def test_the_examples_lack_nothing(home: Path) -> None:
    assert [*publication.shortcomings(Organization.load(home))] == []


@pytest.mark.slow
def test_a_redline_is_in_the_words_of_the_organization() -> None:
    with Organization.load(RIVER).used():
        path = RIVER / "documents" / "report.sw.md"
        changed = path.read_text("utf-8").replace("vituo 17", "vituo 19")
        redline = masthead.compare_texts(path, publication.SourceFile("new.md", changed.encode()))
        page = masthead.render_redline(redline, ".html").decode()
    assert "Muhtasari wa mabadiliko" in page
