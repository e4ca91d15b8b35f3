"""The form of an operation of the API, what it is called with, and what OpenAPI says about all of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from masthead import __version__
from masthead.service.desk.state import Desk
from masthead.service.desk.tokens import DeskRole, DeskUser

ID = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"[0-9]{1,15}")
SANDBOX = (
    "sandbox allow-scripts allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
)
"""The policy of pages that are made from what somebody sent."""


class SignIn(BaseModel):
    """What the page sends to sign in."""

    model_config = ConfigDict(extra="forbid", strict=True)
    token: Annotated[str, StringConstraints(max_length=200)]


class DecisionOrder(BaseModel):
    """A decision on the edition of a source."""

    model_config = ConfigDict(extra="forbid", strict=True)
    act: Literal["approve", "reject", "undo"]
    why: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was admitted: who sends it, and its small body, as the operation wants it."""

    request: Request
    user: DeskUser | None
    body: Any = None

    @property
    def by(self) -> DeskUser:
        assert self.user
        return self.user

    def path(self, name: str, form: re.Pattern[str] = ID) -> str:
        """Return a part of the path that has the right form. Raises HTTPException (404)."""
        found: str = self.request.path_params[name]
        if not form.fullmatch(found):
            raise HTTPException(404, "there is no such thing")
        return found

    def number(self, name: str, usual: int, least: int = 0, most: int = sys.maxsize) -> int:
        """Return a number of the query, within limits. Raises HTTPException (400)."""
        said = self.request.query_params.get(name)
        if said is None:
            return usual
        if not NUMBER.fullmatch(said):
            raise HTTPException(400, f"{name} is not a number")
        return min(max(int(said), least), most)


@dataclass(frozen=True, slots=True)
class DeskOperation:
    """One operation. `role` is None if anybody may call it. `media` is what it answers with."""

    method: str
    path: str
    role: DeskRole | None
    summary: str
    handle: Callable[[Desk, Call], Awaitable[Response]]
    body: type[BaseModel] | None = None
    media: str = "application/json"
    query: tuple[str, ...] = ()


def schema(operations: Iterable[DeskOperation]) -> dict[str, Any]:
    """Return the description of operations by OpenAPI."""
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        parts = [{"name": name, "in": "path", "required": True} for name in re.findall(r"{(\w+)}", each.path)]
        parts += [{"name": name, "in": "query", "required": name == "name"} for name in each.query]
        answer = {"description": "Done.", "content": {each.media: {}}}
        refusals = {code: {"$ref": "#/components/responses/Refusal"} for code in ("4XX", "5XX")}
        said: dict[str, Any] = {
            "summary": each.summary,
            "parameters": [{**part, "schema": {"type": "string"}} for part in parts],
            "responses": {"2XX": answer, **refusals},
            "security": [{"token": []}] if each.role else [],
            "x-role": each.role,
        }
        if each.body:
            content = {"application/json": {"schema": each.body.model_json_schema()}}
            said["requestBody"] = {"required": True, "content": content}
        elif each.query == ("name",):
            said["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
        paths.setdefault(each.path, {})[each.method.lower()] = said
    message = {"type": "object", "properties": {"message": {"type": "string"}, "hint": {"type": "string"}}}
    refusal = {"description": "Refused; the message says why.", "content": {"application/json": {"schema": message}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Masthead desk", "version": __version__},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"Refusal": refusal},
        },
    }
