"""What can go wrong with an input, as exceptions that carry a place, a hint and an exit code.

    MastheadError
    ├── OrderError         2   what is asked for cannot be done with anything
    ├── SourceError        3   a source cannot be read
    ├── TemplateError      4   a template or a locale lacks something
    ├── TypesettingError   5   a page cannot be made right: glyph, font, note, room
    │   └── GlyphError         no font of its style draws a character
    ├── ResourceError      6   time, memory or size limit passed
    ├── PrintError         7   a print queue refused or lost something
    └── BaselineError      8   the baselines are damaged, or an approval is refused

Exit code 0 means done, 1 findings or differences, 2 wrong usage, 70 a fault of ours. What is wrong with a *result* is
not an exception but a value: see `masthead.document.findings`.
"""


class MastheadError(Exception):
    """An input that cannot be carried through.

    `message` says what is wrong (lower case, no full stop), `where` its place (`file:line` as a rule), `hint` what to
    do next.
    """

    exit_code = 70

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    @classmethod
    def unexpected(cls, error: BaseException) -> "MastheadError":
        """Return the error to show for an exception that nobody foresaw: a bug of Masthead."""
        return MastheadError(
            f"this is a bug in Masthead: {type(error).__name__}: {error}",
            hint="report it with its source; MASTHEAD_TRACE=1 shows where it happened",
        )

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle whole: keyword-only arguments are lost by the default, and errors cross processes in batches."""
        return (_rebuild, (type(self), self.message, self.where, self.hint))


def _rebuild(kind: type[MastheadError], message: str, where: str, hint: str) -> MastheadError:
    return kind(message, where=where, hint=hint)


class OrderError(MastheadError):
    """What is asked for makes no sense, whatever the input: an unknown name, a figure out of range."""

    exit_code = 2


class SourceError(MastheadError):
    """A source cannot be read."""

    exit_code = 3


class TemplateError(MastheadError):
    """A template fails, or a locale lacks a word."""

    exit_code = 4


class TypesettingError(MastheadError):
    """A page cannot be made right."""

    exit_code = 5


class GlyphError(TypesettingError):
    """A character that no font of its style draws: that at offset `at` of `text`, a line of a page or a part of one."""

    def __init__(self, message: str, *, where: str = "", hint: str = "", text: str = "", at: int = 0) -> None:
        super().__init__(message, where=where, hint=hint)
        self.text, self.at = text, at


class ResourceError(MastheadError):
    """A limit of time, memory or size was passed."""

    exit_code = 6


class PrintError(MastheadError):
    """A print queue refused or lost something."""

    exit_code = 7


class BaselineError(MastheadError):
    """The baselines are damaged, or an approval is refused."""

    exit_code = 8
