"""How the source is laid out, counted for Masthead and for well-kept packages that are installed beside it.

    python benchmarks/house.py [PACKAGE or FOLDER …]

Prints one row for each measure and one column for each package. Everything is read from the source (nothing is
imported), except the names in `dir(masthead)`. The tests of the import rules use the functions of this module.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "pipeline" / "masthead"
ANCHORS = ("weasyprint", "pypdf", "pikepdf", "jinja2", "starlette", "typer", "rich", "pydantic", "docx", "pyhanko")
_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Import:
    """`importer` imports `module`, or the name `name` of it; all are dotted names."""

    importer: str
    module: str
    name: str
    line: int


@dataclass(frozen=True)
class Module:
    """A source file. `entrance` says that it is a package's `__init__`."""

    name: str
    path: Path
    entrance: bool
    text: str = field(repr=False)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        return self.name if self.entrance else self.name.rpartition(".")[0]

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import statement of the module, those inside functions and under TYPE_CHECKING too."""
        return tuple(self._imports(self.tree))

    @cached_property
    def offered(self) -> tuple[Import, ...]:
        """What an entrance imports to offer it: from the stub beside it where there is one (SPEC 1)."""
        stub = self.path.with_suffix(".pyi")
        return tuple(self._imports(ast.parse(stub.read_text("utf-8")))) if stub.exists() else self.imports

    @cached_property
    def attributes(self) -> tuple[Import, ...]:
        """What the module uses as an attribute of something imported, `formats.read`, as if it imported it by name."""
        known = {each.name: f"{each.module}.{each.name}" for each in self.imports if each.name}
        return tuple(
            Import(self.name, known[node.value.id], node.attr, node.lineno)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
        )

    def _imports(self, tree: ast.Module) -> Iterator[Import]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    yield Import(self.name, each.name, "", node.lineno)
            elif isinstance(node, ast.ImportFrom):
                above = self.package.split(".")[: len(self.package.split(".")) - node.level + 1] if node.level else []
                module = ".".join([*above, node.module] if node.module else above)
                for each in node.names:
                    yield Import(self.name, module, each.name, node.lineno)

    @cached_property
    def lines(self) -> tuple[int, int]:
        """The number of lines that hold code, and of comments. Docstrings are neither."""
        docstrings: set[int] = set()
        for node in ast.walk(self.tree):
            for each in getattr(node, "body", None) if isinstance(getattr(node, "body", None), list) else ():
                if (
                    isinstance(each, ast.Expr)
                    and isinstance(each.value, ast.Constant)
                    and isinstance(each.value.value, str)
                ):
                    docstrings.update(range(each.lineno, (each.end_lineno or each.lineno) + 1))
        code: set[int] = set()
        comments = 0
        layout = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                comments += 1
            elif token.type not in layout:
                code.update(range(token.start[0], token.end[0] + 1))
        return len(code - docstrings), comments


def scripts(folder: Path) -> list[Module]:
    """The Python files below a folder that is no package, such as that of the tests."""
    return [Module(path.stem, path, False, path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))]


class Source:
    """All modules of a package, by dotted name."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.modules: dict[str, Module] = {}
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            entrance = parts[-1] == "__init__"
            if all(part.isidentifier() for part in parts):
                name = ".".join(parts[:-1] if entrance else parts)
                self.modules[name] = Module(name, path, entrance, path.read_text("utf-8"))

    @cached_property
    def rooms(self) -> frozenset[str]:
        """The packages directly under the package, those without an `__init__` too."""
        return frozenset(
            self.room(name) for name, module in self.modules.items() if name.count(".") + module.entrance > 1
        )

    def room(self, name: str) -> str:
        """The room that a module is in; a module directly under the package is a room of its own."""
        return ".".join(name.split(".")[:2])

    def target(self, each: Import) -> str | None:
        """The module that an import names: `module`, or a submodule of it; None if it is another package's."""
        below = f"{each.module}.{each.name}"
        if below in self.modules:
            return below
        return each.module if each.module in self.modules else None

    def origin(self, each: Import) -> str | None:
        """The module that an imported name comes from, followed through entrances that offer it."""
        seen: set[str] = set()
        while (target := self.target(each)) and self.modules[target].entrance and target == each.module:
            if target in seen:
                break
            seen.add(target)
            offered = [other for other in self.modules[target].offered if other.name == each.name]
            if not offered:
                break
            each = offered[0]
        return self.target(each)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """The imports of the package's own modules."""
        every = chain.from_iterable(module.imports for module in self.modules.values())
        return tuple(each for each in every if self.target(each))

    @cached_property
    def across(self) -> tuple[Import, ...]:
        """The imports of a module in one room from another room that is a package."""
        return tuple(
            each
            for each in self.imports
            if (room := self.room(self.target(each) or "")) in self.rooms and room != self.room(each.importer)
        )

    def uses_entrance(self, each: Import) -> bool:
        """Whether an import names a package or something that it offers, and not a module inside it."""
        target, package = self.target(each) or "", self.modules.get(each.module)
        if self.modules[target].entrance:
            return True
        return package is not None and each.name in {offered.name for offered in package.offered}

    @cached_property
    def importers(self) -> dict[str, set[str]]:
        """For each module that is not an entrance, the modules that import it or a name that it defines."""
        found: dict[str, set[str]] = defaultdict(set)
        for module in self.modules.values():
            for each in (*module.imports, *module.attributes):
                origin = self.origin(each)
                if origin and not module.entrance and origin != module.name:
                    found[origin].add(module.name)
        return found


def measure(source: Source) -> dict[str, str]:
    """Return each measure of a package by its name, ready to print."""
    modules = source.modules.values()
    plain = [module for module in modules if not module.entrance]
    lines = sum(len(module.text.splitlines()) for module in modules)
    code, comments = (sum(counts) for counts in zip(*(module.lines for module in modules), strict=True))
    nodes = [node for module in modules for node in ast.walk(module.tree)]
    classes = Counter(node.name for module in modules for node in module.tree.body if isinstance(node, ast.ClassDef))
    names = Counter(module.name.rpartition(".")[2] for module in plain)
    flat = sum(module.name.count(".") == 1 for module in plain)
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    across = len(source.across)
    through = sum(source.uses_entrance(each) for each in source.across)
    return {
        "files": f"{len(modules):,}",
        "lines": f"{lines:,}",
        "lines of code": f"{code:,}",
        "flat modules beside packages": f"{flat} + {len(source.rooms)}",
        "modules that one other imports": str(sum(len(source.importers[module.name]) == 1 for module in plain)),
        "class names used twice or more": str(sum(count > 1 for count in classes.values())),
        "module names used twice or more": str(sum(count > 1 for count in names.values())),
        "imports across packages by the entrance": f"{through} of {across}" if across else "-",
        "comments in 1,000 lines": str(round(1000 * comments / lines)),
        "length of a function, 95th percentile": str(lengths[int(len(lengths) * 0.95)]),
    }


def folder_of(package: str) -> Path | None:
    """The folder of a package that is installed, or that is named by its folder; None if there is none."""
    if Path(package).is_dir():
        return Path(package)
    found = importlib.util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


def main(packages: list[str]) -> None:
    columns = {"masthead": measure(Source(PACKAGE))}
    columns |= {name: measure(Source(folder)) for name in packages if (folder := folder_of(name))}
    import masthead

    columns["masthead"]["names in dir(package)"] = str(len([name for name in dir(masthead) if name[0] != "_"]))
    measures = list(columns["masthead"])
    width = max(map(len, measures))
    widths = {name: max(len(name), *map(len, column.values())) for name, column in columns.items()}
    print(" " * width, *(f"{name:>{widths[name]}}" for name in columns), sep="  ")
    for each in measures:
        print(f"{each:{width}}", *(f"{columns[name].get(each, ''):>{widths[name]}}" for name in columns), sep="  ")


if __name__ == "__main__":
    main(sys.argv[1:] or list(ANCHORS))
