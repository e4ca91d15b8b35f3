"""Nothing that a stage returns changes unnoticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import results
from reference import reference

TABLE = results.table()


@pytest.mark.parametrize("source", results.groups())
def test_results_are_those_of_the_table(source: str) -> None:
    assert _moved(source, results.groups()[source]) == []


@pytest.mark.parametrize("source", results.REFERENCES)
def test_results_of_published_documents_are_those_of_the_table(source: str) -> None:
    folder = reference("README.md").parent
    assert _moved(source, results.groups_of_references(folder)[source]) == []


def test_the_table_has_no_other_sources() -> None:
    assert {source for source, _ in TABLE} == {*results.groups(), *results.REFERENCES}


def _moved(source: str, make: Callable[[], results.Results]) -> list[str]:
    """Return the stages whose result is not that of the table, after a word about what to do."""
    before = {stage: digest for (name, stage), digest in TABLE.items() if name == source}
    now = results.digests(make)
    moved = sorted(stage for stage in now.keys() | before.keys() if now.get(stage) != before.get(stage))
    return ["tests/support/results.py says how to see and accept what changed in", *moved] if moved else []
