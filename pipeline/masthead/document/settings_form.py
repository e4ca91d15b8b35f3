"""What a settings file may hold, as pydantic reads it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from annotated_types import Ge, Gt, MinLen
from typing_extensions import TypedDict  # pydantic reads that of the standard library only from Python 3.12 on

from masthead.document.model import LineBreaking, Pagination
from masthead.document.terms import Variant


class Settings(TypedDict, total=False):
    """The keys that a settings file may have; a file has only those that it sets."""

    sources: tuple[str, ...]
    output: str
    pattern: str
    variants: Annotated[tuple[Variant, ...], MinLen(1)]
    pagination: Pagination
    lines: LineBreaking
    profile: str
    emblem: str
    organization: str
    jobs: Annotated[int, Ge(1)]
    timeout: Annotated[float, Gt(0)]
    memory: Annotated[int, Ge(64)]
    retries: Annotated[int, Ge(0)]
    pictures: tuple[str, ...]
    record: Literal["beside", "inside"]
    comparison: dict[str, Any]  # checked by masthead.comparison.tolerance
