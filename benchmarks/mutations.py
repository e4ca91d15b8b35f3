"""Changes the code in small ways and reports the changes that no test notices.

    python benchmarks/mutations.py [COUNT] [--seed N] [--only TEXT] [--keep FILE]

Each mutation is one small mistake in one place of the package: a comparison or a sign turned round, `and` for `or`, a
condition negated, a number one too large, the last item of a list dropped. COUNT of them (60), chosen by the seed, are
spread evenly over the rooms. Each is tried in a copy of the checkout, never in the checkout itself: first with the test
files that name the module, then with the other tests of its room, then with tests of whole documents. The first failure
kills it. A test that fails without the mutation too is not counted. `--only` tries the mutations whose place contains
TEXT (`formats/source`). `--keep` appends the table to a file.

Exit code 1 if fewer than 90 of 100 are killed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "pipeline/masthead"
SECONDS = 900  # for one run of tests: a mutation that never ends is noticed too
ENOUGH = 0.9
LATE = "time ran out"
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*", ast.Pow: "*",
}  # fmt: skip
# Whole documents through several rooms, for mistakes that the tests of a room do not notice. `{room}` is tried before.
_WIDER = {
    "document": ("tests/formats", "tests/page", "tests/editing"),
    "page": ("tests/publication/test_touchstone.py", "tests/publication/test_specimens.py", "tests/typesetting"),
    "formats": ("tests/publication", "tests/editing"),
    "typesetting": ("tests/publication", "tests/press"),
    "pdf": ("tests/preflight", "tests/comparison", "tests/press"),
    "preflight": ("tests/publication", "tests/cli"),
    "editing": ("tests/cli",),
    "comparison": ("tests/service", "tests/cli"),
    "press": ("tests/cli", "tests/publication"),
    "publication": ("tests/batch", "tests/cli"),
    "batch": ("tests/cli",),
    "service": ("tests/cli",),
    "cli": ("tests/batch", "tests/service"),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """The text between two offsets of a file, and what replaces it."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.path.removeprefix(f'{PACKAGE}/')}:{self.line}: `{old}` → `{new or 'nothing'}`"

    def applied(self, source: str) -> str:
        """Return the source of the file with the mutation."""
        return source[: self.start] + self.new + source[self.end :]

    @property
    def room(self) -> str:
        return self.path.removeprefix(f"{PACKAGE}/").partition("/")[0]


class _Finder(ast.NodeVisitor):
    """Collects the mutations of one file."""

    def __init__(self, path: str, source: str) -> None:
        self._path, self._source = path, source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.found: list[Mutation] = []

    def _offset(self, line: int, column: int) -> int:
        """The offset of a place whose column is counted in bytes."""
        start = self._lines[line - 1]
        text = self._source[start : self._lines[line]]
        return start + len(text.encode()[:column].decode())

    def _span(self, node: ast.expr) -> tuple[int, int]:
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno or 0, node.end_col_offset or 0)

    def _add(self, line: int, start: int, end: int, new: str) -> None:
        self.found.append(Mutation(self._path, line, start, end, self._source[start:end], new))

    def _replace_between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Replace an operator, which is somewhere between its operands, by another."""
        begin, end = self._span(left)[1], self._span(right)[0]
        if match := re.search(old, self._source[begin:end]):
            self._add(right.lineno, begin + match.start(), begin + match.end(), new)

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            self._replace_between(
                left, right, r"not\s+in|is\s+not|[<>=!]=|[<>]|\bin\b|\bis\b", _COMPARISONS[type(operator)]
            )
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        text = isinstance(node.left, ast.Constant | ast.JoinedStr) and not isinstance(
            getattr(node.left, "value", 0), int
        )
        if type(node.op) in _OPERATORS and not text:
            self._replace_between(node.left, node.right, r"\*\*|//|[-+*/%]", _OPERATORS[type(node.op)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        self._replace_between(node.values[0], node.values[1], rf"\b{old}\b", new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            start, end = self._span(node)
            self._add(node.lineno, start, end, self._source[slice(*self._span(node.operand))])
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" in ast.unparse(node.test):
            return
        self._negate(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def _negate(self, test: ast.expr) -> None:
        if isinstance(test, ast.Name | ast.Attribute | ast.Call):  # others are changed inside
            start, end = self._span(test)
            self._add(test.lineno, start, end, f"not {self._source[start:end]}")

    def visit_Constant(self, node: ast.Constant) -> None:
        if type(node.value) is int:
            self._add(node.lineno, *self._span(node), str(node.value + 1))

    def _drop_last(self, node: ast.Tuple | ast.List | ast.Set | ast.Dict, items: list[ast.expr]) -> None:
        if len(items) > 2:
            keep = self._span(items[-2])[1]
            self._add(items[-1].lineno, keep, self._span(items[-1])[1], "")
        self.generic_visit(node)

    def visit_List(self, node: ast.List) -> None:
        self._drop_last(node, node.elts)

    def visit_Set(self, node: ast.Set) -> None:
        self._drop_last(node, node.elts)

    def visit_Dict(self, node: ast.Dict) -> None:
        self._drop_last(node, node.values)

    # The following are left out: types, decorators, texts of messages, and limits that have a name in capitals.

    def visit_Assign(self, node: ast.Assign) -> None:
        target = node.targets[0]
        if not (isinstance(target, ast.Name) and target.id.isupper() and isinstance(node.value, ast.Constant)):
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not (isinstance(node.value, ast.Name) and node.value.id in ("Literal", "tuple", "dict", "list")):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Offsets inside f-strings are unreliable before Python 3.12."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for each in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(each)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.body:
            self.visit(each)


def mutations_of(path: Path, root: Path = ROOT) -> list[Mutation]:
    """Every mutation of a source file."""
    source = path.read_text("utf-8")
    finder = _Finder(path.relative_to(root).as_posix(), source)
    finder.visit(ast.parse(source))
    return finder.found


def compiles(mutation: Mutation) -> bool:
    """Whether the file with the mutation can be compiled."""
    try:
        ast.parse(mutation.applied((ROOT / mutation.path).read_text("utf-8")))
    except SyntaxError:
        return False
    return True


def choose(count: int, seed: int, only: str) -> list[Mutation]:
    """Choose mutations in turn from each room, and within a room from its files in random order."""
    chance = random.Random(seed)
    rooms: dict[str, list[list[Mutation]]] = defaultdict(list)
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        is_tried = path.name != "__init__.py" and path.parent != ROOT / PACKAGE
        if is_tried and only in path.relative_to(ROOT / PACKAGE).as_posix() and (found := mutations_of(path)):
            rooms[found[0].room].append(chance.sample(found, len(found)))
    for files in rooms.values():
        chance.shuffle(files)
    chosen: list[Mutation] = []
    while len(chosen) < count and any(rooms.values()):
        for room, files in rooms.items():
            if files and len(chosen) < count:
                if compiles(mutation := files[0].pop()):
                    chosen.append(mutation)
                rooms[room] = [*files[1:], *([files[0]] if files[0] else [])]
    return chosen


def stages(mutation: Mutation, copy: Path) -> Iterator[list[str]]:
    """The tests to try one after the other: those that name the module, those of its room, the slow ones, others."""
    module = Path(mutation.path).stem
    own = sorted((copy / "tests" / mutation.room).glob("test_*.py"))
    named = [path for path in own if re.search(rf"\b{re.escape(module)}\b", path.read_text("utf-8"))]
    for marker in ("not slow", "slow"):
        for paths in (named, [path for path in own if path not in named]):
            yield ["-m", marker, *(str(path.relative_to(copy)) for path in paths)] if paths else []
    yield from ([each] for each in _WIDER.get(mutation.room, ()))


def run_tests(copy: Path, tests: list[str], *options: str) -> tuple[bool, str]:
    """Run tests in the copy until one fails; return whether all passed, and the name of the one that did not."""
    command = [sys.executable, "-m", "pytest", "-n0", "-x", "-rfE", "-p", "no:cacheprovider", *options, *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy / "pipeline")}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False, LATE
    if done.returncode in (0, 5):  # 5: there was no test to run
        return True, ""
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.M)
    return False, failed[1] if failed else tests[-1]


def attempt(mutation: Mutation, copy: Path, flaky: set[str]) -> str:
    """Return what killed a mutation; an empty string if it survived. `flaky` are tests that fail without one too."""
    path = copy / mutation.path
    source = path.read_text("utf-8")
    for tests in stages(mutation, copy):
        while tests:
            path.write_text(mutation.applied(source), "utf-8")
            try:
                passed, by = run_tests(copy, tests, *(f"--deselect={test}" for test in sorted(flaky)))
            finally:
                path.write_text(source, "utf-8")
            if passed:
                break
            if run_tests(copy, tests if by == LATE else [by])[0]:
                return by
            if by == LATE:  # the tests take longer without the mutation too
                break
            flaky.add(by)
            tests = [test for test in tests if test != by]  # a file that cannot be collected
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=60)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    chosen = choose(arguments.count, arguments.seed, arguments.only)
    killed, flaky = 0, set[str]()
    with tempfile.TemporaryDirectory(prefix="masthead-mutations-") as folder:
        copy = Path(folder) / "checkout"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes((ROOT / name).read_bytes())
        for number, mutation in enumerate(chosen, 1):
            by = attempt(mutation, copy, flaky)
            killed += bool(by)
            line = f"{number:3} {'killed  ' if by else 'SURVIVED'} {mutation}{f'  by {by}' if by else ''}"
            print(line, flush=True)
            if arguments.keep:
                with arguments.keep.open("a", encoding="utf-8") as file:
                    print(line, file=file)
    print(f"{killed} of {len(chosen)} mutations killed; not counted, as they fail anyway: {sorted(flaky) or 'none'}")
    return int(killed < ENOUGH * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
