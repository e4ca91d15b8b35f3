"""Exceptions for invalid input. Each has an exit code; most have a place and a hint.

    MastheadError
    ├── OrderError         2   the request is invalid, whatever the input
    ├── SourceError        3   a source cannot be read
    ├── TemplateError      4   a template fails, or a locale lacks a word
    ├── TypesettingError   5   a page cannot be typeset correctly: glyph, font, note, space
    │   └── GlyphError         no font of the text's style has a character
    ├── ResourceError      6   a limit of time, memory or size is exceeded
    ├── PrintError         7   a print queue refused or lost a job
    └── BaselineError      8   the baselines are damaged, or an approval is refused

Exit code 0 means success, 1 findings or differences, 2 wrong usage, 70 a bug in Masthead. Problems of a *result* are
not exceptions but values: see `masthead.document.findings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Self

from masthead.document import upgrades


class MastheadError(Exception):
    """An input that cannot be processed.

    `message` says what is wrong (lower case, no full stop), `where` is the place, usually `file:line`, and `hint` says
    what to do. A place or a hint that is not known is empty; a caller may add the place. `others` are the further
    errors of the same input, in order.
    """

    exit_code = 70

    def __init__(self, message: str, *, where: str = "", hint: str = "", others: Sequence[MastheadError] = ()) -> None:
        super().__init__(message)
        self.message, self.where, self.hint, self.others = message, where, hint, tuple(others)

    @property
    def each(self) -> tuple[MastheadError, ...]:
        """This error and the further ones of the same input, in order."""
        return (self, *self.others)

    @classmethod
    def raise_all(cls, errors: Sequence[Self]) -> None:
        """Raise the first of some errors, with the others, if there are any."""
        if errors:
            first, *others = errors
            raise cls(first.message, where=first.where, hint=first.hint, others=others)

    @classmethod
    def unexpected(cls, error: BaseException) -> MastheadError:
        """Return the error to show for an exception that nobody foresaw: a bug, or an upgrade while Masthead ran."""
        hint = "report it with its source; MASTHEAD_TRACE=1 shows where it happened"
        if upgrades.happened():
            hint = upgrades.HINT
        return MastheadError(f"this is a bug in Masthead: {type(error).__name__}: {error}", hint=hint)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle all arguments. By default keyword-only ones are lost, and batches pass errors between processes."""
        return (partial(type(self), self.message, where=self.where, hint=self.hint, others=self.others), ())


class OrderError(MastheadError):
    """The request is invalid, whatever the input: an unknown name, a number out of range."""

    exit_code = 2


class SourceError(MastheadError):
    """A source cannot be read.

    `draft` is the document as far as it could be read, for those who look for more in it; it is not pickled.
    """

    exit_code = 3
    draft: Any = None


class TemplateError(MastheadError):
    """A template fails, or a locale lacks a word."""

    exit_code = 4


class TypesettingError(MastheadError):
    """A page cannot be typeset correctly."""

    exit_code = 5


class GlyphError(TypesettingError):
    """No font has a character: the one at offset `at` of `text`, which is a line of a page or part of one."""

    def __init__(self, message: str, *, where: str = "", hint: str = "", text: str, at: int) -> None:
        super().__init__(message, where=where, hint=hint)
        self.text, self.at = text, at


class ResourceError(MastheadError):
    """A limit of time, memory or size is exceeded."""

    exit_code = 6


class PrintError(MastheadError):
    """A print queue refused or lost a job."""

    exit_code = 7


class BaselineError(MastheadError):
    """The baselines are damaged, or an approval is refused."""

    exit_code = 8
