"""A backup of a desk in one file: a tar archive that, unpacked, is the folder of a desk."""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from masthead.document import ResourceError, files
from masthead.service.desk.record import DeskFolder

_DATABASES = ("desk.sqlite", "prints.sqlite")


def write_backup(folder: DeskFolder, path: Path) -> int:
    """Write a backup to `path`, also while the server runs; return the number of files in it. Raises ResourceError.

    The databases and the index of decisions are copied first. The files that they name were there before them, and
    never change, so the copies fit together. An existing file is not replaced.
    """
    if not folder.record.is_file():
        raise ResourceError("there is no desk in this folder", where=str(folder.path))
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".backup-") as name:
            return _write(folder, path, Path(name))
    except FileExistsError:
        raise ResourceError("file already exists", where=str(path), hint="remove it, or name another file") from None
    except (OSError, sqlite3.Error) as error:
        raise ResourceError(f"the backup cannot be written: {str(error).lower()}", where=str(path)) from error


def _write(folder: DeskFolder, path: Path, temporary: Path) -> int:
    for name in _DATABASES:
        if (folder.path / name).is_file():
            with (
                closing(sqlite3.connect(folder.path / name)) as source,
                closing(sqlite3.connect(temporary / name)) as to,
            ):
                source.backup(to)
    index = folder.baselines / "index.jsonl"
    if index.is_file():
        files.save(temporary / "baselines" / index.name, index.read_bytes())
    draft = temporary / "backup.tar"
    with tarfile.open(draft, "w") as archive:
        copied = [each for each in sorted(temporary.rglob("*")) if each.is_file() and each != draft]
        kept = [each for place in ("sources", "editions", "baselines/objects") for each in _files(folder.path / place)]
        for root, found in ((temporary, copied), (folder.path, kept)):
            for each in found:
                archive.add(each, each.relative_to(root).as_posix())
    path.hardlink_to(draft)  # in one step, and only if there is no such file
    return len(copied) + len(kept)


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file() and not each.name.startswith("."))
