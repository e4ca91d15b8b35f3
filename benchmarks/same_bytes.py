"""Makes everything from the examples with two checkouts and reports the files that differ.

    git worktree add /tmp/before COMMIT
    python benchmarks/same_bytes.py /tmp/before [THIS_CHECKOUT]

Each checkout publishes its own examples and specimens in every variant, with the pages of the printed original and
without, converts them to every form, and writes a new document of each type and language. Both run in this Python, so
that the versions of Masthead and of its libraries, which the files name, are the same. Exit code 1 if a file differs or
only one checkout makes it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
_VARIANTS = ("archive", "archive-4", "plain", "press", "press-x1a", "press-x6")
_FORMS = ("md", "xml", "docx", "html", "txt")
_ENOUGH = (0, 1)  # 1: findings; what was made is compared nevertheless


def commands(checkout: Path, output: Path) -> Iterator[list[str]]:
    """Every command to run in a checkout, with its output in a folder of its own under `output`."""
    from masthead.document import DocumentType, Language

    examples = checkout / "examples"
    sources = sorted(map(str, [*examples.glob("*.md"), *examples.glob("specimens/*.md")]))
    transcripts = sorted(map(str, examples.glob("*.txt")))
    for variant in _VARIANTS:
        yield ["publish", *sources, "-o", str(output / variant), "--variant", variant]
    yield ["publish", *sources, "-o", str(output / "flow"), "--pagination", "flow"]
    yield ["publish", *transcripts, "-o", str(output / "transcripts")]
    for form in _FORMS:
        yield ["convert", *sources, "-o", str(output / form), "--to", form]
        yield ["convert", *transcripts, "-o", str(output / f"transcripts-{form}"), "--to", form]
    for kind in DocumentType:
        for language in Language:
            path = output / f"new/{kind}.{language}.md"
            yield ["new", kind, "--language", language, "--date", "2049-03-14", "-o", str(path)]


def sums(checkout: Path, output: Path) -> dict[str, str]:
    """Make everything with a checkout; return the SHA-256 of each file by its path under `output`."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "pipeline")}
    (output / "new").mkdir(parents=True)
    for command in commands(checkout, output):
        done = subprocess.run(
            [sys.executable, "-m", "masthead", *command], cwd=checkout, env=environment, capture_output=True, text=True
        )
        if done.returncode not in _ENOUGH:
            print(
                f"{checkout}: masthead {command[0]} … {' '.join(command[-4:])}: exit {done.returncode}\n{done.stderr}"
            )
    made = (path for path in output.rglob("*") if path.is_file() and not _is_record(path))
    return {path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in made}


def _is_record(path: Path) -> bool:
    """Whether a file is a record or report of the run, with times and places."""
    return path.name.startswith((".", "masthead-")) or ".masthead" in path.as_posix()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path, nargs="?", default=ROOT)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="masthead-bytes-") as folder:
        before = sums(arguments.before.resolve(), Path(folder) / "before")
        after = sums(arguments.after.resolve(), Path(folder) / "after")
    differ = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in differ:
        where = "both" if name in before and name in after else "before" if name in before else "after"
        print(f"{name}: {'differs' if where == 'both' else f'made only {where}'}")
    print(f"{len(before.keys() | after.keys()) - len(differ)} of {len(before.keys() | after.keys())} files are equal")
    return int(bool(differ) or not before)


if __name__ == "__main__":
    sys.exit(main())
