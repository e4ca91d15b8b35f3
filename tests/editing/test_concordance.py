"""Equivalent versions agree; every seeded disagreement is reported at its place, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from discords import DISCORDS, SPECIMENS, VERSIONS, Discord, page
from masthead.document.errors import OrderError
from masthead.document.model import Paragraph, Strong, Text
from masthead.document.references import units
from masthead.editing.concordance import KINDS, Concordance, Version, concord
from masthead.editing.concordance.kinds import word
from masthead.editing.lint import check
from masthead.formats import read
from masthead.formats.markdown import reader as markdown

LETTERS = {"ar": "A", "en": "E", "es": "S", "fr": "F", "ru": "R", "zh": "C"}
SIX = ("ar", "en", "es", "fr", "ru", "zh")
SETS = sorted({path.name.rsplit(".", 2)[0] for folder in (SPECIMENS, VERSIONS) for path in folder.glob("*.ar.md")})


def sources(document: str) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in (SPECIMENS, VERSIONS) for path in folder.glob(f"{document}.??.md")))


@cache
def versions(document: str) -> dict[str, Version]:
    """All versions of a document, by their language."""
    return {path.name.split(".")[-2]: Version.of(read(path), path.name.split(".")[-2]) for path in sources(document)}


def seeded(discord: Discord) -> Concordance:
    changed = markdown.read(discord.sown().encode(), str(discord.path))
    others = versions(discord.document)
    return concord([*(others | {discord.language: Version.of(changed, discord.language)}).values()])


@pytest.mark.parametrize("document", SETS)
def test_equivalent_versions_agree(document: str) -> None:
    result = concord([*versions(document).values()])
    assert [(found.rule, found.where) for found in result.disagreements] == []
    assert all(None not in row for row in result.rows)


def test_every_specimen_is_compared_and_two_sets_have_six_languages() -> None:
    assert {path.name.rsplit(".", 2)[0] for path in SPECIMENS.glob("*.md")} <= set(SETS)
    assert [document for document in SETS if tuple(versions(document)) == SIX] == ["A_104_97", "A_RES_104_12"]


@pytest.mark.parametrize("path", sources("A_104_97"), ids=lambda path: path.name)
def test_the_unchanged_versions_have_no_lint_findings(path: Path) -> None:
    assert [(slip.where, slip.rule, slip.message) for slip in check(path)] == []


@pytest.mark.parametrize("discord", DISCORDS, ids=lambda each: f"{each.language}-{each.kind}-{each.place}")
def test_a_seeded_disagreement_is_reported_at_its_place_and_nothing_else_is(discord: Discord) -> None:
    found = seeded(discord).disagreements
    said = [(each.rule, each.where, each.message) for each in found]
    assert {(each.rule, each.where) for each in found} == {(discord.kind, discord.place), *discord.also}, said
    whose = (discord.language,) if len(versions(discord.document)) > 2 else tuple(versions(discord.document))
    assert all(each.versions == whose or each.versions == (discord.language,) for each in found), said


def test_every_kind_of_disagreement_is_seeded_and_every_language_has_some() -> None:
    assert {discord.kind for discord in DISCORDS} == set(KINDS) - {"revision"}  # which needs earlier versions
    assert len(KINDS) >= 100
    assert {discord.language for discord in DISCORDS} == set(SIX)


def test_every_unit_of_any_document_has_a_kind_that_can_be_missing() -> None:
    examples = (path for folder in (SPECIMENS.parent, SPECIMENS, VERSIONS) for path in folder.glob("*.md"))
    sources = [path for path in examples if path.read_text("utf-8").startswith("---\n")]
    kinds = {unit.kind for path in sources for unit in units(read(path))}
    assert kinds >= {"unit", "remark", "table note", "alternative"}
    assert {f"{word(kind)}: missing" for kind in kinds} <= set(KINDS)


def test_the_table_of_disagreements_is_current() -> None:
    assert (SPECIMENS.parent.parent / "tests" / "editing" / "disagreements.md").read_text("utf-8") == page()


def test_a_missing_number_is_reported_once_and_not_for_all_that_follow() -> None:
    text = (SPECIMENS / "A_RES_104_12.fr.md").read_text("utf-8")
    third = text[text.index("3. *Décide*") : text.index("4. *Prie*")]
    renumbered = text.replace(third, "").replace("4. *Prie*", "3. *Prie*").replace("5. *Décide*", "4. *Décide*")
    changed = Version.of(markdown.read(renumbered.encode(), "x"), "fr")
    found = concord([*(versions("A_RES_104_12") | {"fr": changed}).values()]).disagreements
    assert [(each.rule, each.where) for each in found] == [("paragraph: missing", "paragraph 3")]


@pytest.mark.parametrize("strong", [False, True])
def test_a_number_typed_into_a_paragraph_is_its_number(strong: bool) -> None:
    document = versions("A_RES_104_12")["en"].document
    typed = []
    for block in document.body:
        if isinstance(block, Paragraph) and block.number:
            mark = Text(f"{block.number} – ")
            content = (Strong((mark, *block.content)),) if strong else (mark, *block.content)
            block = replace(block, number=None, content=content)
        typed.append(block)
    found = Version.of(replace(document, body=tuple(typed)), "en").units
    expected = versions("A_RES_104_12")["en"].units
    assert [(unit.number, unit.text) for unit in found] == [(unit.number, unit.text) for unit in expected]


def test_a_concordance_needs_two_languages() -> None:
    one = versions("A_RES_104_12")["en"]
    for several in ([one], [one, one]):
        with pytest.raises(OrderError):
            concord(several)


def disagreements(**texts: str) -> list[tuple[str, str]]:
    """What is found in a resolution with these paragraphs, by language."""
    front = (SPECIMENS / "S_RES_3104_2049.en.md").read_text("utf-8").split("---")[1]
    documents = {}
    for name, text in texts.items():
        own = front.replace("language: en", f"language: {name}").replace("(E)", f"({LETTERS[name]})")
        documents[name] = markdown.read(f"---{own}---\n\n{text}\n".encode(), f"{name}.md")
    found = concord([Version.of(document, name) for name, document in documents.items()])
    return [(each.rule, each.where) for each in found.disagreements if each.where != "adoption"]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            {
                "en": "1. *Noting* the rain, *decides* to meet;",
                "es": "1. *Observando* la lluvia, *decide* reunirse;",
                "ar": "1. **يقرر** أن يجتمع في ضوء ما يلاحظه من المطر؛",
            },
            id="a main verb that is first in one language",
        ),
        pytest.param(
            {
                "en": "1. *Asks* for reports on 1) water, 2) bees and 3) trees;",
                "fr": "1. *Demande* des rapports sur 1) l’eau, 2) les abeilles et 3) les arbres\u00a0;",
                "ar": "1. **يطلب** تقارير عن ’1‘ الماء، و ’2‘ النحل، و ’3‘ الأشجار؛",
            },
            id="marks within a paragraph",
        ),
        pytest.param(
            {
                "en": "1. *Decides* to extend the mandate of MINURSO until 31 May 2050;",
                "es": "1. *Decide* prorrogar el mandato de la MINURSO hasta el 31 de mayo de 2050;",
                "ar": "1. **يقرر** تمديد ولاية بعثة الأمم المتحدة لتنظيم الاستفتاء في الصحراء الغربية "
                "حتى 31 أيار/مايو 2050؛",
            },
            id="abbreviations",
        ),
        pytest.param(
            {
                "en": "1. *Welcomes* phases 1, 2 and 3 of the plan;",
                "fr": "1. *Se félicite* des phases 1 à 3 du plan\u00a0;",
                "es": "1. *Acoge* las fases 1 a 3 del plan;",
            },
            id="a range",
        ),
        pytest.param(
            {
                "en": "1. *Recalls* the meetings in February and April 2049;",
                "es": "1. *Recuerda* las reuniones de febrero y abril de 2049;",
                "zh": "1. *回顾*2049年2月和4月的会议；",
            },
            id="one year of two months",
        ),
        pytest.param(
            {
                "en": "1. *Condemns* the armed groups, including the M23 and the others;",
                "ru": "1. *осуждает* вооруженные группы, включая Движение 23 марта и другие;",
                "ar": "1. **يدين** الجماعات المسلحة، بما فيها حركة 23 مارس وغيرها؛",
            },
            id="a name with a date in it",
        ),
        pytest.param(
            {
                "en": "1. *Decides* to meet at 3 p.m. on 31 May 2050. May I take it that this is so?",
                "fr": "1. *Décide* de se réunir le 31 mai 2050 à 15 h. Puis-je considérer qu’il en est ainsi ?",
                "ar": "1. **يقرر** أن يجتمع في 31 أيار/مايو 2050، الساعة 15/00. هل لي أن أعتبر ذلك؟",
            },
            id="hours and a verb that is a month too",
        ),
        pytest.param(
            {
                "en": "1. *Notes* that since 2047 a thousand gardens have been planted;",
                "ar": "1. **يلاحظ** أن ألف حديقة غرست منذ عام 2047 ألفا ومائة؛",
            },
            id="a year before a number in words",
        ),
        pytest.param(
            {
                "en": "1. *Notes* the report;[^1]\n\nWater Office<br>14 Harbour Road<br>Port Levee\n\n"
                "[^1]: World Water Office, *Gardens of the World* (Geneva, 2021).",
                "ar": "1. **يلاحظ** التقرير[^1]؛\n\nWater Office<br>14 Harbour Road<br>Port Levee\n\n"
                "[^1]: World Water Office, *Gardens of the World* (Geneva, 2021).",
            },
            id="a citation and an address",
        ),
    ],
)
def test_what_languages_write_in_their_own_ways_is_no_disagreement(texts: dict[str, str]) -> None:
    assert disagreements(**texts) == []


def test_a_title_of_an_annex_that_is_a_paragraph_in_one_version_is_another_form() -> None:
    texts = {
        "en": "1. *Decides* to list the goods;\n\n<!-- annex --> Goods that need approval\n\nBoats of 4 metres.",
        "es": "1. *Decide* enumerar los bienes;\n\n<!-- annex --> Bienes con aprobación\n\nBarcos de 4 metros.",
        "fr": "1. *Décide* d’énumérer les biens\u00a0;\n\n<!-- annex -->\n\nBiens avec approbation\n\nBateaux de 4 m.",
    }
    assert disagreements(**texts) == [("form", "annex, title")]
