"""What Python compiles while it runs is kept between processes, and is the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.version import Version

from masthead.document import cache, compiled, distributions

EXPRESSION = "(?P<year>[0-9]{4})(?P<sign>[-/])(?:" + "|".join(f"month{number}" for number in range(40)) + ")"
DEFINE = f"""
import re, sys
from dataclasses import dataclass, field
from masthead.document import compiled
compiled.keep()
if sys.argv[1] == "again":
    def refuse(*_, **__): raise AssertionError("compiled again")
    from re import _parser
    _parser.parse = refuse
found = re.compile({EXPRESSION!r}, re.IGNORECASE).fullmatch("2049-MONTH12")
if sys.argv[1] == "again":
    import builtins
    builtins.compile = refuse
@dataclass(frozen=True, slots=True, order=True)
class Point:
    x: int
    y: list = field(default_factory=list)
print(found.groupdict(), found.re.flags, found.re.groups, Point(1), Point(1) == Point(1, []), Point(1) < Point(2))
compiled.save()
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def run(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout


def test_nothing_is_compiled_a_second_time() -> None:
    first = run(DEFINE, "first")
    assert first == run(DEFINE, "again")
    assert first == ("{'year': '2049', 'sign': '-'} 34 2 Point(x=1, y=[]) True True\n")


def test_the_table_is_not_where_workers_may_write(tmp_path: Path) -> None:
    run(DEFINE, "first")
    (table,) = (tmp_path / "masthead-compiled").iterdir()
    assert not table.is_relative_to(cache.folder())


@pytest.mark.parametrize(
    ("expression", "flags"),
    [
        ("a", 0),
        ("", 0),
        ("(?P<first>a)(b)(?P<last>c)?", re.IGNORECASE | re.VERBOSE),
        ("(?sm:^.*$)|(?i:[^\u0600-\u06ff]+)", 0),
        ("(?x) a b  # a remark", re.ASCII),
        (EXPRESSION, 0),
        (b"(?i)(?P<first>a)\\xff[^b-d]", 0),
    ],
)
def test_an_expression_is_compiled_as_python_does(
    expression: str | bytes, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from re import _compiler

    for name, value in (("_expressions", {}), ("_new", []), ("_is_changed", False)):
        monkeypatch.setattr(compiled, name, value)
    for _ in range(2):  # compiled, and from the table
        found, stock = compiled._compiled(expression, flags), _compiler.compile(expression, flags)
        assert found == stock
        assert (found.flags, found.groups, found.groupindex) == (stock.flags, stock.groups, stock.groupindex)
        assert found.pattern == stock.pattern
    with pytest.raises(re.error):
        compiled._compiled("(", flags)


def test_an_expression_that_differs_from_another_one_in_order_alone_is_not_kept(tmp_path: Path) -> None:
    """Libraries make some from sets, in another order in each process: the table would be written each time."""
    keep = "from masthead.document import compiled; compiled.keep(); import re; re.compile({!r}); compiled.save()"
    run(keep.format("[abc]"))
    (table,) = (tmp_path / "masthead-compiled").iterdir()
    written = table.stat().st_mtime_ns, table.read_bytes()
    run(keep.format("[acb]"))
    assert (table.stat().st_mtime_ns, table.read_bytes()) == written
    run(keep.format("[abd]"))
    assert table.read_bytes() != written[1]


@pytest.mark.parametrize(("limit", "value"), [("_MOST", 9_000), ("_MANY", 2)])
def test_a_full_table_begins_again_with_what_the_process_used(limit: str, value: int) -> None:
    program = (
        "import re, sys\n"
        "from masthead.document import compiled\n"
        f"compiled.{limit} = {value}\n"
        "compiled.keep()\n"
        "for each in sys.argv[1:]: re.compile(each)\n"
        "compiled.save()\n"
        "print(*(text[:3] for text, _ in compiled._expressions if text[3:] == 'x' * 999))\n"
    )
    one, two, three = (each + "x" * 999 for each in ("one", "two", "333"))
    assert run(program, one, two) == "one two\n"
    assert run(program, one, three) == "one 333\n"
    assert run(program) == "one 333\n"


def test_what_a_worker_compiled_is_compiled_by_the_command_if_it_is_an_expression() -> None:
    learn = (
        "from masthead.document import compiled\n"
        "compiled.keep()\n"
        f"compiled.learn([({EXPRESSION!r}, 2), ('(' * 30, 0), ('a' * 30_000, 0), (b'x' * 900, 0), (7, 7)])\n"
        "print(len(compiled._expressions) - before)\n"
    ).replace("compiled.learn", "before = len(compiled._expressions)\ncompiled.learn")
    assert run(learn) == "2\n"


def test_versions_are_those_that_distributions_state() -> None:
    names = {each.metadata["Name"] for each in metadata.distributions() if each.metadata["Name"]}
    assert {name: Version(distributions.installed_version(name)) for name in names} == {
        name: Version(metadata.version(name)) for name in names
    }
    assert distributions.installed_version("no-such-distribution") == ""


def test_what_has_no_folder_of_its_own_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old.egg-info").write_text("Metadata-Version: 1.0\nName: old\nVersion: 1.5\n")
    (tmp_path / "An_Other.One-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert distributions.installed_version("old") == "1.5"
    assert distributions.installed_version("an-other-one") == "2.0"


def test_a_large_file_is_read_again_only_after_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "font.otf"
    path.write_bytes(bytes(70_000))
    first = cache.digest_of(path)
    read = Path.read_bytes
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda self: pytest.fail("read again"))
        assert cache.digest_of(path) == first
    status = path.stat()
    path.write_bytes(b"\1" + bytes(69_999))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a copy with its old date would have
    assert cache.digest_of(path) != first
    assert read(path)[:1] == b"\1"


def test_the_collector_does_not_run_when_a_command_ends() -> None:
    program = (
        "import gc\n"
        "from masthead.document import garbage\n"
        "class Cycle:\n"
        "    def __init__(self): self.own = self\n"
        "    def __del__(self): print('collected')\n"
        "gc.disable()\n"
        "gc.collect()\n"
        "{}\n"
        "Cycle()\n"
    )
    assert run(program.format("")) == "collected\n"
    assert run(program.format("garbage.forgo_last_collection()")) == ""


def test_selectors_and_patched_functions_are_not_compiled_again() -> None:
    program = (
        "import builtins\n"
        "from masthead.document import compiled\n"
        "compiled.keep()\n"
        "stock, asked = builtins.compile, []\n"
        "def recorded(source, file, *rest, **named):\n"
        "    if file == '<string>' or 'patched' in file: asked.append(file)\n"
        "    return stock(source, file, *rest, **named)\n"
        "builtins.compile = recorded\n"
        "from masthead.typesetting import typeset\n"
        "from cssselect2 import compiler\n"
        "(one,) = compiler.compile_selector_list('p.note:not([dir=rtl]) > a')\n"
        "print(one.test.__code__.co_names, one.specificity, len(asked) > 300)\n"
        "compiled.save()\n"
    )
    first = run(program)
    assert first.endswith("(0, 2, 2) True\n")
    assert run(program) == first.replace("True", "False")


def test_a_process_that_keeps_nothing_leaves_other_modules_as_they_are() -> None:
    program = (
        "from masthead.typesetting import engine\n"
        "from cssselect2 import compiler\n"
        "import dataclasses, re\n"
        "print('eval' in vars(compiler), 'exec' in vars(dataclasses), re._compiler.compile.__module__)\n"
    )
    assert run(program) == "False False re._compiler\n"


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_nothing_is_kept_by_a_python_whose_own_table_may_be_another(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from re import _compiler  # type: ignore[attr-defined]

    own = _compiler.compile
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(compiled, "_read", lambda: pytest.fail("the table is read"))
    compiled.keep()
    assert _compiler.compile is own
