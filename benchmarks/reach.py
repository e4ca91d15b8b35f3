"""Records which blocks of the package each test reaches, so that mutations.py tries a mutation with those tests.

    python benchmarks/reach.py FILE [--cases N] [--each SECONDS] [--more] [ARGUMENT OF PYTEST ...]

The tests run in a copy of the checkout in which each block (the body of a function, or of a branch, a loop or a `try`
in it) notes that it was reached, in processes that a test starts too. What a fixture or a cached function of the tests
reaches counts for each test that uses it. FILE gets the names of all blocks, then a line for each test: its name, its
CPU seconds, and a byte for each block. Lines are added to what FILE has already; the last line of a test counts. All
tests take about twice as long as `make test` on one core; `--cases` records the first N cases of each test function,
`--each` leaves out the cases that a function has after so many CPU seconds, and `--more` the tests that FILE has.
"""

from __future__ import annotations

import ast
import base64
import functools
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "pipeline/masthead"
_RECORD, _BLOCKS = "REACH_RECORD", "reach_blocks.json"
_COUNTER = """import mmap, os
with open(os.environ.get("REACH_SEEN", {seen!r}), "r+b") as file:
    seen = mmap.mmap(file.fileno(), 0)
"""


def copy_of_checkout(folder: Path) -> Path:
    """Copy the files under version control, as they are now, into a folder; return the copy."""
    copy = folder / "checkout"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    return copy


def function_of(test: str) -> str:
    """Return the name of a test without its case."""
    return test.partition("[")[0]


def blocks(tree: ast.Module) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Yield each block of a module: the qualified name of its function with its number there, and its statements."""

    def within(node: ast.AST, name: str, number: Iterator[int] | None) -> Iterator[tuple[str, list[ast.stmt]]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{name}.{node.name}"
            number = None if isinstance(node, ast.ClassDef) else iter(range(1000))
        for _, value in ast.iter_fields(node):
            items = value if isinstance(value, list) else [value]
            if number and items and isinstance(items[0], ast.stmt):
                yield f"{name}#{next(number)}", items
            for each in items:
                if isinstance(each, ast.stmt | ast.excepthandler | ast.match_case):
                    yield from within(each, name, number)

    yield from within(tree, "", None)


def _marked(source: str, number: Callable[[str], int]) -> str:
    """Return the source of a module whose blocks note that they were reached."""
    tree = ast.parse(source)
    for name, body in list(blocks(tree)):
        body.insert(_begin(body), ast.parse(f"_reached[{number(name)}] = 1").body[0])
    future = [
        at for at, node in enumerate(tree.body) if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    tree.body.insert(
        future[-1] + 1 if future else _begin(tree.body), ast.parse("from reach_seen import seen as _reached").body[0]
    )
    return ast.unparse(tree)


def _begin(body: list[ast.stmt]) -> int:
    """Where the statements after a docstring begin."""
    return int(isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant))


def mark(copy: Path) -> None:
    """Make the package in a copy of the checkout note what is reached, and write the names of the blocks beside it."""
    names: list[str] = []
    for path in sorted((copy / PACKAGE).rglob("*.py")):
        relative = path.relative_to(copy / PACKAGE).as_posix()

        def number(name: str, relative: str = relative) -> int:
            names.append(f"{relative}:{name}")
            return len(names) - 1

        if path.name != "__init__.py":
            path.write_text(_marked(path.read_text("utf-8"), number), "utf-8")
    (copy / _BLOCKS).write_text(json.dumps(names), "utf-8")
    (copy / "seen").write_bytes(bytes(len(names)))
    (copy / "pipeline/reach_seen.py").write_text(_COUNTER.format(seen=str(copy / "seen")), "utf-8")


@dataclass(slots=True)
class Reach:
    """The tests by the blocks that they reach, and how long each takes; how many cases of a function are left out."""

    seconds: dict[str, float] = field(default_factory=dict)
    partial: dict[str, int] = field(default_factory=dict)
    _tests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, record: Path) -> Reach:
        reach = cls()
        names: list[str] = []
        last: dict[str, tuple[list[str], str]] = {}
        for line in map(json.loads, record.read_text("utf-8").splitlines()):
            if isinstance(line, dict):
                names = line.get("blocks", names)
                reach.partial.update(line.get("partial", {}))  # what a later run has left out
            else:
                test, reach.seconds[test], reached = line
                last[test] = names, reached
        reach.partial = {function: left_out for function, left_out in reach.partial.items() if left_out}
        for test, (names, reached) in last.items():
            for name in compress(names, zlib.decompress(base64.b64decode(reached))):
                reach._tests[name].append(test)
        return reach

    def of(self, tests: Collection[str]) -> Reach:
        """Return what is known of the `tests` that there are; `partial` counts their cases that are not."""
        new = Counter(function for name in tests if name not in self.seconds and (function := function_of(name)))
        seconds = {name: taken for name, taken in self.seconds.items() if name in tests}
        known = {*map(function_of, seconds)}
        reached = {
            block: kept for block, some in self._tests.items() if (kept := [name for name in some if name in seconds])
        }
        return Reach(seconds, {name: count for name, count in new.items() if name in known}, reached)

    @property
    def functions(self) -> set[str]:
        """The names of the test functions, without the cases of each."""
        return {*map(function_of, self.seconds)}

    def tests(self, path: str, source: str, line: int) -> list[str]:
        """Return the tests that reach a line; for a line outside functions, the tests that reach any of the module."""
        around = [
            name for name, body in blocks(ast.parse(source)) if body[0].lineno <= line <= (body[-1].end_lineno or 0)
        ]
        path = path.removeprefix(f"{PACKAGE}/")
        names = [f"{path}:{around[-1]}"] if around else [each for each in self._tests if each.startswith(f"{path}:")]
        return sorted({test for name in names for test in self._tests.get(name, ())})


# --- in the process of the tests: this module is a plug-in of pytest there -------------------------------------------


class _Recorder:
    def __init__(self, record: Path, each: float) -> None:
        root = Path.cwd()
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        self._names = json.loads((root / _BLOCKS).read_text("utf-8"))
        if worker:
            os.environ["REACH_SEEN"] = str(root / f"seen-{worker}")
            Path(os.environ["REACH_SEEN"]).write_bytes(bytes(len(self._names)))
        from reach_seen import seen

        self._record, self._seen = record, seen
        self._of_fixtures: dict[object, int] = defaultdict(int)
        self._most, self._spent = each, Counter[str]()
        self._left_out: Counter[str] = Counter()
        functools.cache = self._cache  # type: ignore[assignment]

    def _take(self) -> int:
        """Return what was reached since the last call, as bits."""
        found = int.from_bytes(self._seen[:], "little")
        self._seen[:] = bytes(len(self._seen))
        return found

    def _give(self, reached: int) -> None:
        both = self._take() | reached
        self._seen[:] = both.to_bytes(len(self._seen), "little")

    def _cache(self, function: Callable[..., Any], /) -> Callable[..., Any]:
        code = getattr(function, "__code__", None)
        if code is None or not Path(code.co_filename).is_relative_to(Path.cwd() / "tests"):
            return functools.lru_cache(maxsize=None)(function)
        reached: dict[Any, int] = {}

        def recorded(*args: Any, **named: Any) -> Any:
            before = self._take()
            value = cached(*args, **named)
            key = (args, tuple(sorted(named.items())))
            reached[key] = reached.get(key, 0) | self._take()
            self._give(before | reached[key])
            return value

        cached = functools.lru_cache(maxsize=None)(function)
        functools.update_wrapper(recorded, function)
        recorded.cache_clear = cached.cache_clear  # type: ignore[attr-defined]
        return recorded

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, Any, Any]:
        if fixturedef.scope == "function":
            return (yield)
        before = self._take()
        try:
            return (yield)
        finally:
            self._of_fixtures[fixturedef] |= self._take()
            self._give(before)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if self._spent[function := function_of(item.nodeid)] > self._most:
            self._left_out[function] += 1
            pytest.skip("the other cases took long enough")

    def pytest_sessionfinish(self) -> None:
        with self._record.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"partial": {name: self._left_out[name] for name in self._spent}}) + "\n")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None, Any, Any]:
        begin, left_out = sum(os.times()[:4]), self._left_out.total()
        self._take()
        result = yield
        if self._left_out.total() > left_out:
            return result
        reached = self._take()
        for fixture in (each for some in item._fixtureinfo.name2fixturedefs.values() for each in some):
            reached |= self._of_fixtures.get(fixture, 0)
        bits = reached.to_bytes(len(self._seen), "little")
        seconds = round(sum(os.times()[:4]) - begin, 3)
        self._spent[function_of(item.nodeid)] += seconds
        line = json.dumps([item.nodeid, seconds, base64.b64encode(zlib.compress(bits)).decode()])
        with self._record.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
        return result


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", type=int, default=sys.maxsize)
    parser.addoption("--each", type=float, default=math.inf)
    parser.addoption("--more", action="store_true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    count, most = Counter[str](), config.getoption("--cases")
    if _RECORD in os.environ and config.getoption("--more"):
        known = Reach.read(Path(os.environ[_RECORD])).seconds
        items[:] = [item for item in items if item.nodeid not in known]
    for item in [*items]:
        function = function_of(item.nodeid)
        count[function] += 1
        if count[function] > most:
            items.remove(item)
    if _RECORD in os.environ:
        with Path(os.environ[_RECORD]).open("a", encoding="utf-8") as file:
            partial = {name: left_out for name, some in count.items() if (left_out := some - most) > 0}
            file.write(json.dumps({"partial": partial}) + "\n")


def pytest_configure(config: pytest.Config) -> None:
    if _RECORD in os.environ:
        config.pluginmanager.register(_Recorder(Path(os.environ[_RECORD]), config.getoption("--each")))


# ---------------------------------------------------------------------------------------------------------------------


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    record = Path(sys.argv[1]).resolve()
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # the shell lets background jobs, and their tests, ignore it
    with tempfile.TemporaryDirectory(prefix="masthead-reach-") as folder:
        copy = copy_of_checkout(Path(folder))
        mark(copy)
        with record.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"blocks": json.loads((copy / _BLOCKS).read_text("utf-8"))}) + "\n")
        path = os.pathsep.join(str(copy / each) for each in ("pipeline", "benchmarks"))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "", _RECORD: str(record)}
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "reach", *sys.argv[2:]]
        subprocess.run(command, cwd=copy, env=environment)
    return 0


if __name__ == "__main__":
    sys.exit(main())
