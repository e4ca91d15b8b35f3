"""Changes the code in small ways and reports the changes that no test notices.

    python benchmarks/mutations.py [COUNT] [--seed N] [--only TEXT] [--budget SECONDS] [--reach FILE] [--keep FILE]
                                   [--listed FILE] [--part K/N]

Each mutation is one small mistake in one place of the package: a comparison or a sign turned round, `and` for `or`, a
condition negated, a number one too large, the last item of a list dropped. A comparison with a measure, such as 0.5
points, is negated: whether it takes the limit itself makes no difference on a page. COUNT of the mutations (60), chosen
by the seed, are spread evenly over the rooms. Each is tried in a copy of the checkout, never in the checkout itself:
first with the tests that share most words with the mutated function, then with those of its room, then with the others.
The first failure kills it. With `--reach FILE`, which `reach.py` writes, the tests that reach the mutated block are
tried, those first that are short and close. Then come the twelve closest of all, and those of which FILE does not know
all cases.

What does not count: a failure that the test has without the mutation too (the tests that have killed are run without
one at the end), a test file that cannot be imported, and time that runs out, unless a test is busy inside the mutated
module for a minute (an endless loop). A mutation with which its module cannot be imported is replaced by another. The
tests of one mutation get a budget of CPU seconds (60); what they do not kill within it has survived, and the table says
that some tests were not run. `--only` tries the mutations whose place contains TEXT (`formats/source`). `--keep`
appends the table to a file. `--listed` tries the mutations that a file lists, in the form that the table has
(`page/bidi.py:10: `<` → `<=``): mistakes that a person chose, or those that survived before. `--part 1/2` tries every
second mutation from the first, so that two processes share the work.

Exit code 1 if fewer than 90 of 100 are killed.
"""

from __future__ import annotations

import argparse
import ast
import math
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from itertools import islice, pairwise
from pathlib import Path
from statistics import fmean
from types import FrameType
from typing import TYPE_CHECKING

from reach import PACKAGE, ROOT, Reach, copy_of_checkout, function_of

if TYPE_CHECKING:
    import pytest

SECONDS = 480  # for one run of tests, by the clock
TEST_SECONDS = 60  # for one test, of CPU time
WIDE = "tests/project/test_results.py"  # they compare all that a stage returns: close to every mutation they reach
CLOSEST = 12  # test functions that are tried first
FIRST, THEN, AT_ONCE = 15, 60, 400  # tests that reach a mutation: tried first, then, and in each further run
ENOUGH = 0.9
_ENDLESS, _SPENT, _NOT_IMPORTED = 97, 98, 99  # exit codes of a run of tests that ended before its time
_BUDGET, _MUTATED, _LOG = "MUTATIONS_BUDGET", "MUTATIONS_MODULE", "MUTATIONS_LOG"
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_NEGATED: dict[type[ast.cmpop], str] = {ast.Lt: ">=", ast.LtE: ">", ast.Gt: "<=", ast.GtE: "<"}
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*", ast.Pow: "*",
}  # fmt: skip


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
        self._measures = {
            node.targets[0].id
            for node in ast.parse(source).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _has_fraction(node.value)
        }
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
            new = _COMPARISONS[type(operator)]
            if self._is_measure(left) or self._is_measure(right):
                new = _NEGATED.get(type(operator), new)
            self._replace_between(left, right, r"not\s+in|is\s+not|[<>=!]=|[<>]|\bin\b|\bis\b", new)
        self.generic_visit(node)

    def _is_measure(self, node: ast.expr) -> bool:
        names = (each.id for each in ast.walk(node) if isinstance(each, ast.Name))
        return _has_fraction(node) or not self._measures.isdisjoint(names)

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

    # The following are left out: types, decorators, texts of messages, limits that have a name in capitals, and sizes
    # of caches and of what they keep, which no result depends on.

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Attribute(attr="keep"):  # Memory.keep(key, value, size)
                for each in node.args[:2]:
                    self.visit(each)
            case _ if not ast.unparse(node.func).startswith("memory.Memory"):
                self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        target = node.targets[0]
        name = target.id if isinstance(target, ast.Name) else ""
        if name != "__all__" and not (name.isupper() and _is_number(node.value)):
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not (isinstance(node.value, ast.Name) and node.value.id in ("Callable", "Literal", "tuple", "dict", "list")):
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


def _is_number(node: ast.expr) -> bool:
    """Whether an expression consists of constants alone: `16`, `16 * 2**20`."""
    parts = ast.Constant | ast.BinOp | ast.UnaryOp | ast.operator | ast.unaryop
    return all(isinstance(each, parts) for each in ast.walk(node))


def _has_fraction(node: ast.expr) -> bool:
    return any(
        isinstance(each, ast.Constant) and isinstance(each.value, float) and each.value % 1 for each in ast.walk(node)
    )


def mutations_of(path: Path, root: Path = ROOT) -> list[Mutation]:
    """Every mutation of a source file."""
    source = path.read_text("utf-8")
    finder = _Finder(path.relative_to(root).as_posix(), source)
    finder.visit(ast.parse(source))
    return finder.found


_LISTED = re.compile(r"(?P<path>\S+\.py):(?P<line>\d+): `(?P<old>.+?)` → (?:`(?P<new>.*?)`|nothing)(?:\s|\Z)")


def listed(file: Path) -> Iterator[Mutation]:
    """Yield the mutations that a file lists as the table does, each where its text is nearest to its line.

    Raises ValueError for a text that is nowhere in its file.
    """
    for entry in filter(None, map(_LISTED.search, file.read_text("utf-8").splitlines())):
        path, wanted = f"{PACKAGE}/{entry['path']}", int(entry["line"])
        source = (ROOT / path).read_text("utf-8")
        old = r"\s+".join(map(re.escape, entry["old"].split()))
        words = re.compile(re.sub(r"\A(?=\w)|(?<=\w)\Z", r"\\b", old))  # `in` is not found in `kind`
        lines = {1 + source.count("\n", 0, place.start()): place for place in [*words.finditer(source)][::-1]}
        if not lines:
            raise ValueError(f"not in the file: {entry[0]}")
        line = min(lines, key=lambda line: abs(line - wanted))
        new = entry["new"]
        yield Mutation(path, line, *lines[line].span(), lines[line][0], "" if new in (None, "nothing") else new)


def compiles(mutation: Mutation) -> bool:
    """Whether the file with the mutation can be compiled."""
    try:
        ast.parse(mutation.applied((ROOT / mutation.path).read_text("utf-8")))
    except SyntaxError:
        return False
    return True


def choose(seed: int, only: str) -> Iterator[Mutation]:
    """Yield mutations in turn from each room, and within a room from its files in random order."""
    chance = random.Random(seed)
    rooms: dict[str, list[list[Mutation]]] = defaultdict(list)
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        is_tried = path.name != "__init__.py" and path.parent != ROOT / PACKAGE
        if is_tried and only in path.relative_to(ROOT / PACKAGE).as_posix() and (found := mutations_of(path)):
            rooms[found[0].room].append(chance.sample(found, len(found)))
    for files in rooms.values():
        chance.shuffle(files)
    while any(rooms.values()):
        for room, files in rooms.items():
            if files:
                if compiles(mutation := files[0].pop()):
                    yield mutation
                rooms[room] = [*files[1:], *([files[0]] if files[0] else [])]


class Tests:
    """The test functions of a checkout, and how close they are to a place in the package, by the words of both."""

    def __init__(self, copy: Path, reach: Reach | None = None) -> None:
        self._copy, self._reach = copy, reach
        self._words: dict[str, set[str]] = {}
        for path in sorted(copy.glob("tests/*/test_*.py")):
            source = path.read_text("utf-8")
            for node in ast.parse(source).body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    name = f"{path.relative_to(copy).as_posix()}::{node.name}"
                    begin = min(each.lineno for each in (node, *node.decorator_list))
                    lines = source.splitlines()[begin - 1 : node.end_lineno]
                    self._words[name] = _words("\n".join(lines)) | _words(path.stem)
        number = Counter(word for words in self._words.values() for word in words)
        self._weights = {word: math.log(len(self._words) / count) for word, count in number.items()}

    def stages(self, mutation: Mutation) -> Iterator[list[str]]:
        """The tests to try one after the other: the closest of all, the others of the room, those of other rooms."""
        closeness = self._closeness(mutation)
        ordered = sorted(self._words, key=closeness.__getitem__, reverse=True)
        closest, own = ordered[:CLOSEST], f"tests/{mutation.room}/"
        if self._reach:
            whole = self._reach.functions - {name for name in self._reach.partial if name.startswith(own)}
            tried: set[str] = set()
            for tests in self._reaching(mutation, self._reach, closeness):
                tried.update(map(function_of, tests))
                yield tests
            yield [name for name in ordered if name not in tried and (name in closest or name not in whole)]
            return
        yield closest
        yield [name for name in ordered if name not in closest and name.startswith(own)]
        yield [name for name in ordered if name not in closest and not name.startswith(own)]

    def _reaching(self, mutation: Mutation, reach: Reach, closeness: dict[str, float]) -> Iterator[list[str]]:
        """The tests that reach a mutation, those first that are short for how close they are.

        A function of which not all cases were recorded is also tried whole, as soon as it is short for that.
        """
        source = (self._copy / mutation.path).read_text("utf-8")
        closest = max(closeness.values())
        price = {
            name: (0.1 + reach.seconds[name]) / (0.1 + (closest if name.startswith(WIDE) else closeness[function]))
            for name in reach.tests(mutation.path, source, mutation.line)
            if (function := function_of(name)) in closeness
        }
        cases: Counter[str] = Counter()
        for name in sorted(
            price, key=price.__getitem__
        ):  # many cases of one function are worth less than many functions
            cases[name if name.startswith(WIDE) else function_of(name)] += 1
            price[name] *= cases[function_of(name)] or 1
        for function, left_out in reach.partial.items():
            if seconds := [reach.seconds[name] for name in price if function_of(name) == function]:
                price[function] = (0.1 + fmean(seconds) * (len(seconds) + left_out)) / (0.1 + closeness[function])
        ordered = sorted(price, key=price.__getitem__)
        ends = (end for end in (FIRST, THEN, *range(AT_ONCE, len(ordered), AT_ONCE)) if end < len(ordered))
        for begin, end in pairwise(sorted({0, *ends, len(ordered)})):
            yield ordered[begin:end]

    def _closeness(self, mutation: Mutation) -> dict[str, float]:
        """Return how many words each test shares with the mutated function, the rare ones counting more."""
        source = (self._copy / mutation.path).read_text("utf-8")
        functions = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef | ast.ClassDef)]
        around = [node for node in functions if node.lineno <= mutation.line <= (node.end_lineno or 0)]
        near = _words(ast.unparse(around[-1]) if around else source)
        far = _words(" ".join((mutation.path, *(node.name for node in functions))))

        def closeness(name: str) -> float:
            words = self._words[name]
            shared = sum(self._weights[word] * ((word in near) + 2 * (word in far)) for word in words & (near | far))
            return shared / math.log(10 + len(words)) * (2 if name.startswith(f"tests/{mutation.room}/") else 1)

        return {name: closeness(name) for name in self._words}


def _words(text: str) -> set[str]:
    return {word.lower().removesuffix("s") for word in re.findall(r"[^\W\d_]{3,}", text)}


# --- in the process of the tests: this module is a plug-in of pytest there -------------------------------------------


def _note(*words: str) -> None:
    with Path(os.environ[_LOG]).open("a", encoding="utf-8") as file:
        print(*words, sep="\t", file=file)


def pytest_configure() -> None:
    """End if the mutated module cannot be imported."""
    if path := os.environ[_MUTATED]:
        try:
            import_module(".".join(Path(path).relative_to(ROOT / "pipeline").with_suffix("").parts))
        except Exception:
            os._exit(_NOT_IMPORTED)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        _note("unread", report.nodeid)


def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Give each test a minute of CPU time, and all of them together their budget."""
    if sum(os.times()[:4]) > float(os.environ[_BUDGET]):
        os._exit(_SPENT)
    _note("began", item.nodeid)
    if os.environ[_MUTATED]:
        signal.signal(signal.SIGPROF, _end)
        signal.setitimer(signal.ITIMER_PROF, TEST_SECONDS)


def pytest_exception_interact(node: pytest.Item, call: pytest.CallInfo[None]) -> None:
    late = call.excinfo is not None and call.excinfo.errisinstance((TimeoutError, subprocess.TimeoutExpired))
    if "::" in node.nodeid:
        _note("late" if late else "failed", node.nodeid)


def _end(number: int, frame: FrameType | None) -> None:
    """End the process, and say whether the mutated module was at work."""
    while frame and frame.f_code.co_filename != os.environ[_MUTATED]:
        frame = frame.f_back
    os._exit(_ENDLESS if frame else _SPENT)


# ---------------------------------------------------------------------------------------------------------------------


class State(StrEnum):
    KILLED = "killed"
    SURVIVED = "SURVIVED"
    NOT_IMPORTED = "not imported"


class Trial:
    """Tries mutations in a copy of the checkout. `unfit` are tests that fail without a mutation too."""

    def __init__(self, copy: Path, budget: float, reach: Reach | None = None) -> None:
        self._copy, self._budget, self._log = copy, budget, copy / "mutations.log"
        self._tests = Tests(copy, reach and reach.of(self._collected()))
        self.unfit: set[str] = set()

    def attempt(self, mutation: Mutation) -> tuple[State, str]:
        """Return what became of a mutation, and the test that killed it, or why not all tests were run."""
        end = _cpu_of_children() + self._budget
        unread: list[str] = []
        for tests in self._tests.stages(mutation):
            while tests:
                with self._applied(mutation):
                    code, how, by = self._run(tests, end - _cpu_of_children(), mutation)
                if code == _NOT_IMPORTED:
                    return State.NOT_IMPORTED, ""
                if code in (0, 5):  # 5: there was no test to run
                    break
                if code == _ENDLESS or how == "failed":
                    return State.KILLED, by
                if how != "unread":
                    return State.SURVIVED, f"some tests were not run: time ran out in {by}"
                unread.append(by)
                tests = [f"--ignore={by}", *(test for test in tests if not test.startswith(by))]
        return State.SURVIVED, f"cannot be imported: {', '.join(unread)}" if unread else ""

    def _collected(self) -> set[str]:
        """Return the tests that there are: the record of a reach may have tests that were renamed since."""
        command = [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", "--collect-only", "tests"]
        found = subprocess.run(command, cwd=self._copy, env=self._environment(), capture_output=True, text=True)
        return {line for line in found.stdout.splitlines() if "::" in line}

    def unsound(self, killers: Iterable[str]) -> set[str]:
        """Return those of the tests that fail without a mutation too."""
        if not (tests := sorted(set(killers))):
            return set()
        self._run(tests, math.inf, options=())
        notes = (line.split("\t") for line in self._log.read_text("utf-8").splitlines())
        return {name for how, name in notes if how in ("failed", "late", "unread")}

    @contextmanager
    def _applied(self, mutation: Mutation) -> Iterator[None]:
        path = self._copy / mutation.path
        source = path.read_text("utf-8")
        path.write_text(mutation.applied(source), "utf-8")
        try:
            yield
        finally:
            path.write_text(source, "utf-8")

    def _environment(self, **more: str) -> dict[str, str]:
        path = os.pathsep.join(str(self._copy / each) for each in ("pipeline", "benchmarks"))
        return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "", **more}

    def _run(
        self, tests: list[str], budget: float, mutation: Mutation | None = None, options: Sequence[str] = ("-x",)
    ) -> tuple[int, str, str]:
        """Run tests until one fails; return the exit code, what happened last, and to which test or file."""
        command = [sys.executable, "-m", "pytest", "-n0", *options, "-p", "no:cacheprovider", "-p", "mutations"]
        command += [*(f"--deselect={test}" for test in sorted(self.unfit)), *tests]
        self._log.write_text("began\tthe tests\n")
        mutated = str(self._copy / mutation.path) if mutation else ""
        environment = self._environment(**{_BUDGET: str(budget), _MUTATED: mutated, _LOG: str(self._log)})
        with subprocess.Popen(
            command, cwd=self._copy, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:  # fmt: skip
            try:
                code = process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                code = _SPENT
        how, by = self._log.read_text("utf-8").splitlines()[-1].split("\t")
        return code, how, by


def _cpu_of_children() -> float:
    return sum(os.times()[2:4])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=60)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", default="")
    parser.add_argument("--budget", type=float, default=60)
    parser.add_argument("--reach", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--listed", type=Path)
    parser.add_argument("--part", default="1/1")
    arguments = parser.parse_args()
    part, parts = map(int, arguments.part.split("/"))
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # the shell lets background jobs, and their tests, ignore it
    table: dict[Mutation, tuple[State, str]] = {}
    with tempfile.TemporaryDirectory(prefix="masthead-mutations-") as folder:
        reach = Reach.read(arguments.reach) if arguments.reach else None
        trial = Trial(copy_of_checkout(Path(folder)), arguments.budget, reach)
        chosen = listed(arguments.listed) if arguments.listed else choose(arguments.seed, arguments.only)
        chosen = islice(chosen, part - 1, None, parts)
        while len(table) < arguments.count and (mutation := next(chosen, None)):
            if (found := trial.attempt(mutation))[0] is not State.NOT_IMPORTED:
                table[mutation] = found
                _print(len(table), mutation, *found, arguments.keep)
        while trial.unfit != (
            unfit := trial.unfit | trial.unsound(by for state, by in table.values() if state is State.KILLED)
        ):
            trial.unfit = unfit
            for number, (mutation, (_, by)) in enumerate(table.items(), 1):
                if by in unfit:
                    table[mutation] = trial.attempt(mutation)
                    _print(number, mutation, *table[mutation], arguments.keep)
    killed = sum(state is State.KILLED for state, _ in table.values())
    print(f"{killed} of {len(table)} mutations killed; tests that fail anyway: {sorted(trial.unfit) or 'none'}")
    return int(killed < ENOUGH * len(table))


def _print(number: int, mutation: Mutation, state: State, why: str, keep: Path | None) -> None:
    line = f"{number:3} {state:8} {mutation}  {why}".rstrip()
    print(line, flush=True)
    if keep:
        with keep.open("a", encoding="utf-8") as file:
            print(line, file=file)


if __name__ == "__main__":
    sys.exit(main())
