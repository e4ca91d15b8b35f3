"""Passwords that the keyring of this user has for printers, by the library keyring (extra `print`)."""

from __future__ import annotations

from urllib.parse import urlsplit

from masthead.document import PrintError


def kept_password(address: str, user: str) -> str:
    """Return the password for a user of the printer at `address`, or an empty string if the keyring has none.

    `keyring set "masthead HOST" USER` puts it there. Raises PrintError for a keyring that cannot be opened.
    """
    try:
        from keyring import get_password
        from keyring.errors import KeyringError, NoKeyringError
    except ImportError:
        return ""
    host = urlsplit(address if "//" in address else f"//{address}").hostname if "/" in address else "localhost"
    try:
        return get_password(f"masthead {host}", user) or ""
    except NoKeyringError:
        return ""
    except KeyringError as error:
        hint = "unlock it, or set MASTHEAD_PRINT_PASSWORD"
        raise PrintError(f"the keyring cannot be opened: {error}", hint=hint) from error
