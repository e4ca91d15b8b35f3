"""Tokens: who may do what at a desk.

A token is a random text that its owner keeps; the file of tokens has only its hash. A slow hash would add nothing,
since nobody can guess 256 random bits.
"""

from __future__ import annotations

import json
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from annotated_types import Len, MinLen
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from masthead.document import OrderError, files
from masthead.service.desk.record import Stamp, stamp


class DeskRole(StrEnum):
    """What somebody may do. Each role may read too."""

    READER = "reader"
    EDITOR = "editor"  # submit sources
    APPROVER = "approver"  # approve, and undo that
    PRINTER = "printer"  # print what is approved


@dataclass(frozen=True, slots=True)
class DeskUser:
    """Somebody with a token."""

    name: str
    roles: frozenset[DeskRole]

    def may(self, role: DeskRole) -> bool:
        return role is DeskRole.READER or role in self.roles


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
    roles: Annotated[list[str], MinLen(1)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Len(64, 64)]


class _Tokens(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    tokens: list[_Entry]


class TokenFile:
    """The users in a file of tokens, which is read again when it has changed; so a token is withdrawn by its deletion.

    If the changed file is invalid, those before stay, and `problem` says what is wrong. Without a `path` there are
    `given` users only.
    """

    def __init__(self, path: Path | None, given: Iterable[tuple[str, DeskUser]] = ()) -> None:
        self._path, self._users = path, {files.sha256(token.encode()): user for token, user in given}
        self._seen: Stamp = None
        self.problem = ""
        if path:
            self._seen, self._users = stamp(path), read(path)

    def user(self, token: bytes) -> DeskUser | None:
        """Return whose token this is. It is looked up by its hash, so the time that takes reveals nothing of it."""
        if self._path and (now := stamp(self._path)) != self._seen:
            self._seen = now
            try:
                self._users, self.problem = read(self._path), ""
            except OrderError as error:
                self.problem = str(error)
        return self._users.get(files.sha256(token))


def read(path: Path) -> dict[str, DeskUser]:
    """Return the users in a file of tokens by the hashes of their tokens. Raises OrderError."""
    try:
        entries = _Tokens.model_validate(tomllib.loads(path.read_text("utf-8"))).tokens
        return {each.sha256: DeskUser(each.name, frozenset(map(DeskRole, each.roles))) for each in entries}
    except OSError as error:
        message = f"the file of tokens cannot be read: {files.reason(error)}"
        raise OrderError(message, where=str(path), hint="masthead serve --new-token NAME writes one") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise OrderError(f"invalid token: {place}: {first['msg'].lower()}", where=str(path)) from None
    except ValueError as error:
        hint = f"the roles are {', '.join(DeskRole)}"
        raise OrderError(f"invalid file of tokens: {error}", where=str(path), hint=hint) from None


def add_token(path: Path, name: str, roles: Iterable[DeskRole]) -> str:
    """Add a user to a file of tokens, which may not exist yet; return the token. Raises OrderError."""
    if path.exists():
        read(path)
    token = secrets.token_urlsafe(32)
    said = ", ".join(f'"{role}"' for role in roles)
    quoted = json.dumps(name, ensure_ascii=False)
    entry = f'[[tokens]]\nname = {quoted}\nroles = [{said}]\nsha256 = "{files.sha256(token.encode())}"\n'
    before = path.read_bytes() + b"\n" if path.exists() else b""
    files.save(path, before + entry.encode())
    path.chmod(0o600)
    read(path)
    return token
