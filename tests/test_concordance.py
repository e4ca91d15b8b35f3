"""Versions that say the same agree; every seeded disagreement is found at its place, and none is invented."""

from __future__ import annotations

from functools import cache

import pytest

from discords import DISCORDS, SPECIMENS, Discord
from masthead.concordance import Concordance, Version, concord
from masthead.errors import OrderError
from masthead.reading import markdown, read

SIX = ("ar", "en", "es", "fr", "ru", "zh")


@cache
def version(document: str, language: str) -> Version:
    return Version.of(read(SPECIMENS / f"{document}.{language}.md"), language)


def languages(document: str) -> tuple[str, ...]:
    return tuple(sorted(path.name.split(".")[-2] for path in SPECIMENS.glob(f"{document}.??.md")))


def seeded(discord: Discord) -> Concordance:
    path = SPECIMENS / f"{discord.document}.{discord.language}.md"
    text = path.read_text("utf-8")
    assert text.count(discord.old) >= 1
    changed = Version.of(markdown.read(text.replace(discord.old, discord.new, 1).encode(), str(path)), discord.language)
    return concord(
        [
            changed if language == discord.language else version(discord.document, language)
            for language in languages(discord.document)
        ]
    )


@pytest.mark.parametrize("document", ["A_RES_104_12", "A_RES_104_13", "A_104_96", "A_C.2_104_L.9", "A_HRC_RES_98_2"])
def test_versions_that_say_the_same_agree(document: str) -> None:
    result = concord([version(document, language) for language in languages(document)])
    assert [(found.kind, found.place, found.message) for found in result.disagreements] == []
    assert all(None not in row for row in result.rows)


@pytest.mark.parametrize("discord", DISCORDS, ids=lambda each: f"{each.language}-{each.kind}-{each.place}")
def test_a_seeded_disagreement_is_found_at_its_place_and_none_is_invented(discord: Discord) -> None:
    found = seeded(discord).disagreements
    said = [(each.kind, each.place, each.message) for each in found]
    hits = [each for each in found if (each.kind, each.place) == (discord.kind, discord.place)]
    assert hits, said
    assert all(discord.language in each.versions for each in hits), said
    if len(languages(discord.document)) > 2:
        assert all(each.versions == (discord.language,) for each in hits), said
    assert {each.kind for each in found} <= {discord.kind, *discord.also}, said


def test_there_are_forty_disagreements_over_six_languages() -> None:
    assert len(DISCORDS) >= 40
    assert {discord.language for discord in DISCORDS} == set(SIX)


def test_a_concordance_needs_two_languages() -> None:
    with pytest.raises(OrderError):
        concord([version("A_RES_104_12", "en")])
    with pytest.raises(OrderError):
        concord([version("A_RES_104_12", "en"), version("A_RES_104_12", "en")])
