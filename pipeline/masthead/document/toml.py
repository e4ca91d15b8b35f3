"""TOML as dictionaries, kept between commands: Python takes 2 ms for the words of a language, and a page needs four."""

from __future__ import annotations

from typing import Any

from masthead.document import cache


def loads(text: str) -> dict[str, Any]:
    """Return what TOML text holds, as `tomllib.loads` does. Raises ValueError where it is not TOML."""

    def parsed() -> dict[str, Any]:
        import tomllib  # not needed for what is kept

        return tomllib.loads(text)

    return cache.computed("toml", text, parsed)
