"""The folders of the bundled templates and fonts, in the wheel or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def _folder(name: str) -> Path:
    bundled = _PACKAGE / f"_{name}"
    return bundled if bundled.is_dir() else _CHECKOUT / name


TEMPLATES = _folder("templates")
FONTS = _folder("fonts")
