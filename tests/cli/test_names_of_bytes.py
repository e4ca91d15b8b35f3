"""Names of files that hold bytes which are no text are printed with numbers in their place."""

from __future__ import annotations

import io
import sys
from importlib import import_module

import pytest

app = import_module("masthead.cli.app")  # `masthead.cli.app.app` hides the module


def test_a_name_of_bytes_that_are_no_text_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, "utf-8", write_through=True))
    monkeypatch.setattr(sys, "argv", ["masthead"])
    monkeypatch.setattr(app, "_alone", lambda name: lambda: print("a\udcff.md"))
    monkeypatch.setattr(app.interruptions, "install", lambda: None)
    app.main()
    assert data.getvalue() == b"a\\udcff.md\n"
