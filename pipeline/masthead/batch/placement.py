"""Whether a source is in a folder that is named for the language of its document."""

from __future__ import annotations

from pathlib import Path

from masthead.document import Finding, Severity, terms

_LANGUAGES = {name: each for each in terms.Language for name in (each.value, each.name.casefold())}


def misplaced(source: Path, language: str) -> tuple[Finding, ...]:
    """Return a finding if the nearest folder that names a language, `fr` or `French`, names another one."""
    folders = (part.casefold() for part in reversed(source.parts[:-1]))
    named = next((_LANGUAGES[folder] for folder in folders if folder in _LANGUAGES), None)
    if named is None or named == language:
        return ()
    own, other = (terms.Language(each).name.title() for each in (language, named))
    message, hint = f"the document is in {own}, and its folder is for {other}", "look for the version that is missing"
    return (Finding(message, where=str(source), hint=hint, rule="language-folder", severity=Severity.WARNING),)
