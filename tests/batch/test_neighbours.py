"""Sources and surroundings that would stop a batch: the good documents beside them are made, each bad one is named."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_batch import ARABIC, ENGLISH, write

from masthead import batch
from masthead.batch import record
from masthead.document import files
from masthead.document.errors import ResourceError, SourceError
from masthead.formats.pictures import picture_path

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def masthead(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "masthead", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=os.environ | more, timeout=300)


def brackets(folder: Path) -> Path:
    return _document(folder / "brackets.md", "![](" * 60_000)


def endless_alternative(folder: Path) -> Path:
    return _document(folder / "alternative.md", "![" * 60_000)


def images_without_end(folder: Path) -> Path:
    return _text(folder / "images.akn.xml", "<akomaNtoso>" + "<img " * 30_000)


def vast_picture(folder: Path) -> Path:
    with (folder / "vast.png").open("wb") as file:
        file.truncate(40 * 2**30)  # takes no room on the disk
    return _picture(folder / "vast.md", "vast.png")


def vast_source(folder: Path) -> Path:
    with (folder / "huge.md").open("wb") as file:
        file.truncate(2**30)
    return folder / "huge.md"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.md")
    return folder / "pipe.md"


def pipe_as_picture(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.png")
    return _picture(folder / "piped.md", "pipe.png")


def folder_as_source(folder: Path) -> Path:
    (folder / "folder.txt").mkdir()
    return folder / "folder.txt" / "none.md"


def picture_by_its_full_path(folder: Path) -> Path:
    return _picture(folder / "absolute.md", str(_outside(folder)))


def picture_above(folder: Path) -> Path:
    return _picture(folder / "above.md", f"../{_outside(folder).name}")


def picture_by_a_link(folder: Path) -> Path:
    (folder / "link.png").symlink_to(_outside(folder))
    return _picture(folder / "linked.md", "link.png")


def link_to_itself(folder: Path) -> Path:
    (folder / "loop.md").symlink_to(folder / "loop.md")
    return folder / "loop.md"


def name_that_is_not_text(folder: Path) -> Path:
    return _text(folder / os.fsdecode(b"caf\xe9 \x1b[31m.md"), "nothing")


def name_of_two_lines(folder: Path) -> Path:
    return _text(folder / "one\nout/other.md", "nothing")


def zeros(folder: Path) -> Path:
    return _text(folder / "zeros.md", "\0" * 1000)


def word_that_is_not_one(folder: Path) -> Path:
    return _text(folder / "broken.docx", "PK\3\4" + "x" * 1000)


def entities(folder: Path) -> Path:
    lines = [f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12)]
    return _text(folder / "entities.akn.xml", f'<!DOCTYPE x [<!ENTITY a0 "lol">{"".join(lines)}]><x>&a12;</x>')


def deep_xml(folder: Path) -> Path:
    return _text(folder / "deep.akn.xml", "<x>" * 100_000)


def deep_lists(folder: Path) -> Path:
    return _document(folder / "lists.md", "\n".join(" " * (2 * depth) + "- a" for depth in range(400)))


def quotes(folder: Path) -> Path:
    return _document(folder / "quotes.md", ">" * 50_000)


def emphasis(folder: Path) -> Path:
    return _document(folder / "emphasis.md", "*a _b " * 60_000)


def deep_front_matter(folder: Path) -> Path:
    return _text(folder / "deep-keys.md", "---\ntitle: " + "[" * 30_000 + "\n---\n")


def aliases(folder: Path) -> Path:
    chain = "".join(f"k{n + 1}: &k{n + 1} [{', '.join([f'*k{n}'] * 10)}]\n" for n in range(10))
    return _text(folder / "aliases.md", f"---\nk0: &k0 [a]\n{chain}---\n")


def long_line(folder: Path) -> Path:
    return _text(folder / "long.txt", "١" * 2_000_000)


def spaces(folder: Path) -> Path:
    return _text(folder / "spaces.txt", "United Nations" + " " * 500_000 + "x")


HOSTILE: tuple[Callable[[Path], Path], ...] = (
    brackets, endless_alternative, images_without_end, vast_picture, vast_source, pipe, pipe_as_picture,
    folder_as_source, picture_by_its_full_path, picture_above, picture_by_a_link, link_to_itself,
    name_that_is_not_text, name_of_two_lines, zeros, word_that_is_not_one, entities, deep_xml, deep_lists, quotes,
    emphasis, deep_front_matter, aliases, long_line, spaces,
)  # fmt: skip


def _text(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


def _document(path: Path, text: str) -> Path:
    """A document that would be good without `text` at its end."""
    source = write(path.parent, 90)
    head = source.read_text("utf-8").replace("104/90", f"104/9{len(path.stem)}")
    source.unlink()
    return _text(path, f"{head}\n{text}\n")


def _picture(path: Path, address: str) -> Path:
    return _document(path, f'![A garden]({address} "A garden")')


def _outside(folder: Path) -> Path:
    path = folder.parent / "secret.png"
    path.write_bytes(PIXEL)
    return path


@pytest.mark.slow
def test_good_documents_are_made_beside_hostile_ones(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    good = [write(folder / "good", number, ARABIC if number % 2 else ENGLISH) for number in range(20, 25)]
    bad = [make(folder) for make in HOSTILE]
    run = masthead("publish", *bad, *good, "-o", tmp_path / "out", "--json", "--timeout", "1.5", "-j", "2")
    lines = [json.loads(line) for line in run.stdout.decode().splitlines()]
    by_source = {line["source"]: line for line in lines}
    assert len(by_source) == len(bad) + len(good)
    assert {by_source[str(path)]["state"] for path in good} == {"made"}
    for path in bad:
        line = by_source[files.printable(str(path)) if str(path) not in by_source else str(path)]
        assert line["state"] == "failed", line
        assert line["error"]["exit_code"] not in (0, 70), line
        assert line["error"]["message"]
    assert run.returncode in range(2, 7)
    assert len(list((tmp_path / "out").iterdir())) == len(good)


def test_a_name_gives_the_terminal_no_orders_and_takes_one_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    odd = name_that_is_not_text(tmp_path / "in"), name_of_two_lines(tmp_path / "in")
    run = masthead("publish", *odd, "-o", tmp_path / "out\x1b[2J", "--report", tmp_path / "run.xml")
    assert b"\x1b" not in run.stdout + run.stderr
    assert b"\\udce9 \\x1b[31m.md" in run.stderr
    assert b"one\\nout/other.md" in run.stderr
    assert (tmp_path / "run.xml").is_file()


@pytest.mark.parametrize("flag", ["-O", "PYTHONOPTIMIZE"])
def test_python_without_assertions_is_refused(flag: str, tmp_path: Path) -> None:
    source = write(tmp_path, 10)
    options = [flag] if flag == "-O" else []
    environment = os.environ | ({} if options else {flag: "1"})
    command = [sys.executable, *options, "-m", "masthead", "publish", str(source), "-o", str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert run.returncode == 2
    assert "without assertions" in run.stderr
    assert not (tmp_path / "out").exists()


def test_pictures_come_from_the_folder_of_the_source_or_from_named_ones(tmp_path: Path) -> None:
    source, shared = tmp_path / "in" / "a.md", tmp_path / "shared"
    for path in (source.parent / "art" / "a.png", shared / "b.png"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PIXEL)
    (source.parent / "link.png").symlink_to(shared / "b.png")
    assert picture_path("art/a.png", source) == source.parent / "art" / "a.png"
    assert picture_path("art/../art/a.png", source) == source.parent / "art" / "a.png"
    for address in ("../shared/b.png", str(shared / "b.png"), "link.png"):
        assert picture_path(address, source) is None
        assert picture_path(address, source, [shared]) == shared / "b.png"
    assert picture_path("art", source) is None
    assert picture_path("none.png", source) is None


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_in_order(number: signal.Signals, tmp_path: Path) -> None:
    for each in range(30, 60):
        write(tmp_path / "in", each)
    command = [sys.executable, "-m", "masthead", "publish", str(tmp_path / "in"), "-o", str(tmp_path / "out")]

    def attend() -> None:  # a shell lets what it runs in the background ignore this signal
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=attend)
    while run.poll() is None and not list((tmp_path / "out").glob("*.pdf")):
        time.sleep(0.02)
    run.send_signal(number)
    try:
        _, said = run.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        run.kill()
        run.communicate()
        raise
    assert run.returncode == 128 + number
    assert b"Traceback" not in said
    assert b"not reached" in said.splitlines()[-1]
    with batch.opened(tmp_path / "out"):
        pass


def test_a_record_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with (
        batch.opened(tmp_path / "out") as kept,
        pytest.raises(ResourceError, match="database or disk is full") as error,
    ):
        kept._connection.execute("PRAGMA max_page_count = 1")
        for number in range(1000):
            kept.failed(tmp_path / f"{number}.md", "archive", "x" * 500)
    assert error.value.where == str(record.place(tmp_path / "out"))


def test_a_source_that_is_no_file_is_refused(tmp_path: Path) -> None:
    from masthead import formats

    for make in (pipe, link_to_itself):
        with pytest.raises(SourceError):
            formats.read(make(tmp_path))
