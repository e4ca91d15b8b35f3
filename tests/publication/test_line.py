"""The line reads what a source is now."""

from __future__ import annotations

import gc
from pathlib import Path

from masthead import publication
from masthead.document import model
from masthead.publication.edition import LineStage
from paths import EXAMPLES


def test_a_changed_picture_is_printed_though_the_source_is_as_before(tmp_path: Path) -> None:
    source, text = tmp_path / "report.md", (EXAMPLES / "specimens" / "A_104_96.en.md").read_text("utf-8")
    source.write_text(text.replace("gardens.svg", "g.svg"), "utf-8")
    for words in ("first", "second"):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text y="20">{words}</text></svg>'
        source.with_name("g.svg").write_text(drawing, "utf-8")
        figure = next(iter(model.figures(publication.publish(source).document)))
        assert words.encode() in figure.picture


def test_the_collector_waits_for_the_end_of_the_line() -> None:
    before, during = gc.get_threshold(), dict[LineStage, int]()
    publication.publish(
        EXAMPLES / "E_RES_2017_18.ar.md", begin=lambda stage: during.__setitem__(stage, gc.get_threshold()[0])
    )
    assert during == dict.fromkeys(LineStage, 200_000)
    assert gc.get_threshold() == before
