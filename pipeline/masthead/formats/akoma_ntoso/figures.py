"""Pictures in Akoma Ntoso."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from masthead.document import Figure
from masthead.formats.akoma_ntoso.xml import Element, Source
from masthead.formats.pictures import read_picture


def read_figures(element: Element, source: Source) -> Iterator[Figure]:
    """Read the pictures in `element`, without captions. Raises SourceError where one is not there."""
    for image in element.iter(source.tag("img")):
        address, words = str(image.get("src", "")), str(image.get("alt", ""))
        if not words.strip():
            source.flatten("a picture without words, for which its name stands", image)
            words = Path(address).name
        yield read_picture(address, words, Path(source.record.name), source.where(image))
