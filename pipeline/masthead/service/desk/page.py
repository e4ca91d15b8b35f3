"""The page of the desk, in the language that somebody chooses or whose browser asks for."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from masthead import formats
from masthead.document import Direction, Language
from masthead.page import render, script_data
from masthead.service.desk.intake import BUNDLE
from masthead.service.guard import policy
from masthead.service.view import FILES

_HERE = Path(__file__).parent
NAMES = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}
"""The languages of the page, and of most documents, each by its own name."""


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of the page by language."""
    return tomllib.loads((_HERE / "words.toml").read_text("utf-8"))


async def index(request: Request) -> Response:
    """Return the page. Without a valid token it shows nothing but a form for one."""
    request.scope["masthead.route"] = "/"
    language, nonce = language_of(request), secrets.token_urlsafe()
    columns = {code: NAMES.get(code, Language(code).name) for code in Language}
    texts = [(FILES / "view.css").read_text("utf-8"), (_HERE / "desk.css").read_text("utf-8")]
    values = {
        "words": words()[language],
        "language": language,
        "direction": str(Direction.RTL if language == "ar" else Direction.LTR),
        "languages": NAMES.items(),
        "accepted": ",".join((*formats.READABLE, BUNDLE)),
        "data": script_data({"words": words()[language], "languages": columns, "language": language}),
        "style": Markup("\n".join(texts)),
        "script": Markup((_HERE / "desk.js").read_text("utf-8")),
        "nonce": nonce,
    }
    page = render("desk.html.j2", _HERE, **values)
    return HTMLResponse(page, headers={"content-security-policy": policy(nonce), "content-language": language})


def language_of(request: Request) -> str:
    """The language that the address names, or the first one in the browser's list that the page has."""
    asked = request.headers.get("accept-language", "")
    named = (
        request.query_params.get("lang", ""),
        *(each.split(";")[0].strip()[:2].lower() for each in asked.split(",")),
    )
    return next((each for each in named if each in NAMES), "en")
