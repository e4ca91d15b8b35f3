"""Figures of batches: cost of a document against stock WeasyPrint, incremental runs, workers, memory, kills.

    python benchmarks/batch.py [speed|identity|incremental|workers|memory|kills|small …] [--count 20]

CPU seconds, ratios within one run, systems in turn with the same document, so that other load meets all alike.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

import corpus
import speed as comparison
import unrepaired
from masthead import formats, preflight, publication
from masthead.document.errors import TypesettingError
from masthead.page.markup import Html
from masthead.typesetting.typesetter import Pdf, typeset

_STAGE = re.compile(r"\s*(?!this process)\w[\w ]*?\s{2,}([\d.,]+)\s+\d+%")  # a row of the table of `--timings`


def speed(count: int) -> None:
    """Typesetting and the whole of publish beside stock WeasyPrint and other engines: see `speed.py`."""
    comparison.table(count)


def identity(count: int) -> None:
    """Whether pages are the same byte for byte without pace: examples, and documents at random."""
    examples = [
        formats.read(path) for path in sorted((*corpus.EXAMPLES.glob("*.md"), *corpus.EXAMPLES.glob("specimens/*.md")))
    ]
    several = [
        *corpus.documents(count // 3, corpus.LANGUAGES, "distinct"),
        *corpus.documents(count // 3, corpus.LANGUAGES, "variants"),
        *corpus.documents(count - 2 * (count // 3), ("ar",), "distinct", touchstone=True),
    ]
    different = []
    for document in (*examples, *(formats.parse(text.encode(), name) for name, text in several)):
        html = publication.mark_up(document)
        first, slow, again = (
            _made(html, function)
            for function in (typeset, partial(unrepaired.typeset, changes=unrepaired.REPAIRED), typeset)
        )
        if not first == slow == again:
            different.append(str(document.symbol))
    print(f"{len(examples) + count} documents, each thrice; without pace others: {', '.join(different) or 'none'}")


def _made(html: Html, typeset: Callable[[Html], Pdf]) -> bytes | str:
    """The file, or why there is none: words in another order may be wider than a page, or set in another font."""
    try:
        return typeset(html).data
    except TypesettingError as error:
        return str(error)


def whole(name: str, text: str) -> None:
    document = formats.parse(text.encode(), name)
    preflight.check(typeset(publication.mark_up(document)).data, document)


def incremental(count: int) -> None:
    """A first run, one without a change, one with one source changed, one with a word of French changed.

    All by a copy of the project, so that its locale can be changed.
    """
    root = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "project"
        for folder in ("pipeline", "templates", "fonts"):
            shutil.copytree(root / folder, copy / folder)
        sources = make_corpus(Path(place), count)
        for what in ("first run", "unchanged", "one changed", "a French word changed"):
            if what == "one changed":
                changed(sources / "00000.ar.md", "2049", "2048")
            elif what == "a French word changed":
                changed(copy / "templates" / "locales" / "fr.toml", "de recycler", "de bien recycler")
            begin = time.perf_counter()
            states = publish(sources, Path(place) / "out", project=copy)
            print(f"{what}: {time.perf_counter() - begin:.1f} s, {dict(states)}", flush=True)


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise SystemExit(f"{path.name} has no {old}")
    path.write_text(text.replace(old, new, 1), "utf-8")


def workers(count: int) -> None:
    """Throughput of two workers over that of one; beside it what the machine itself gives two runs of half each."""
    with tempfile.TemporaryDirectory() as place:
        sources = make_corpus(Path(place), count)
        one, two = (_seconds(start(sources, Path(place) / f"out{jobs}", "-j", str(jobs))) for jobs in (1, 2))
        halves = [Path(place) / "half" / str(half) for half in (0, 1)]
        for number, path in enumerate(sorted(sources.iterdir())):
            halves[number % 2].mkdir(parents=True, exist_ok=True)
            path.rename(halves[number % 2] / path.name)
        apart = _seconds(*(start(half, half / "out", "-j", "1") for half in halves))
        print(
            f"two workers: {one / two:.2f} of one; two runs of half each: {one / apart:.2f} "
            f"(load of the machine: {os.getloadavg()[0]:.1f})"
        )


def _seconds(*runs: subprocess.Popen[str]) -> float:
    begin = time.perf_counter()
    with ThreadPoolExecutor() as readers:  # a run whose lines are not read waits
        list(readers.map(subprocess.Popen.communicate, runs))
    return time.perf_counter() - begin


def memory(count: int) -> None:
    """Peak memory of one process after a tenth of the documents and after all."""
    peaks = []
    for number, (name, text) in enumerate(corpus.documents(count, corpus.LANGUAGES, "distinct"), 1):
        whole(name, text)
        if number in (count // 10, count):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(f"memory: {peaks[0]:.0f} MiB after {count // 10}, {peaks[1]:.0f} after {count}: {peaks[1] / peaks[0]:.2f}")


def kills(count: int) -> None:
    """Workers killed while a run goes on, then whole runs killed; what is there in the end, against a quiet run."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor() as readers:  # a run that is not read waits
        sources = make_corpus(Path(place), count)
        publish(sources, Path(place) / "quiet")
        expected = contents(Path(place) / "quiet")
        run = start(sources, Path(place) / "workers", "--retries", "0")
        printed = readers.submit(run.communicate)
        killed = 0
        while run.poll() is None and killed < 20:
            time.sleep(chance.uniform(0.3, 1.0))
            if pids := workers_of(run.pid):
                os.kill(chance.choice(pids), signal.SIGKILL)
                killed += 1
        lines = [json.loads(line) for line in printed.result()[0].splitlines()]
        made = sum(line["state"] == "made" for line in lines)
        print(f"{killed} workers killed: {made} made, {len(lines) - made} named as failed, of {count}")
        wrong = 0
        for _ in range(20):
            run = start(sources, Path(place) / "runs")
            printed = readers.submit(run.communicate)
            time.sleep(chance.uniform(0.5, 6))
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
            printed.result()
            found = contents(Path(place) / "runs")
            wrong += sum(expected.get(name) != data for name, data in found.items())
        publish(sources, Path(place) / "runs")
        print(
            f"20 runs killed: {wrong} wrong files seen; in the end equal: {contents(Path(place) / 'runs') == expected}"
        )


def small(count: int) -> None:
    """Many documents of one page by two workers, then again without a change: what the parent of the workers takes."""
    with tempfile.TemporaryDirectory() as place:
        sources = Path(place) / "in"
        sources.mkdir()
        for name, text in corpus.notes(count):
            (sources / name).write_text(text, "utf-8")
        print(f"{count:,} documents of one page:")
        costs = []
        for what in ("first run", "unchanged"):
            begin = time.perf_counter()
            command = ["publish", str(sources), "-o", str(Path(place) / "out"), "-j", "2", "--timings"]
            run = subprocess.Popen(
                [sys.executable, "-m", "masthead", *command],
                text=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            with ThreadPoolExecutor() as readers:
                printed = readers.submit(run.communicate)
                own, peak = _watched(run)
                lines = printed.result()[1].splitlines()
            summary = next(line for line in lines if " typeset)" in line)
            stages = (_STAGE.match(line) for line in lines)
            total = own + sum(float(each[1].replace(",", "")) for each in stages if each)
            costs.append(total)
            print(
                f"{what}: {summary}, {time.perf_counter() - begin:.0f} s, {total:.1f} CPU s; the parent "
                f"{own:.1f} CPU s ({own / total:.1%}), {peak:.0f} MiB",
                flush=True,
            )
        print(f"unchanged costs {costs[1] / costs[0]:.2%} of the first run")


def _watched(run: subprocess.Popen[str]) -> tuple[float, float]:
    """The CPU seconds of this process without its children, and its peak memory in MiB, once it has ended."""
    own = peak = 0.0
    process = Path("/proc") / str(run.pid)
    while run.poll() is None:
        with contextlib.suppress(OSError, IndexError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            peak = int((process / "status").read_text().split("VmHWM:")[1].split()[0]) / 1024
        time.sleep(0.1)
    return own, peak


def make_corpus(place: Path, count: int) -> Path:
    folder = place / "in"
    folder.mkdir()
    for name, text in corpus.documents(count, corpus.LANGUAGES, "distinct"):
        (folder / name).write_text(text, "utf-8")
    return folder


def publish(sources: Path, out: Path, *options: str, project: Path | None = None) -> dict[str, int]:
    states: dict[str, int] = {}
    for line in start(sources, out, *options, project=project).communicate()[0].splitlines():
        state = json.loads(line)["state"]
        states[state] = states.get(state, 0) + 1
    return states


def start(sources: Path, out: Path, *options: str, project: Path | None = None) -> subprocess.Popen[str]:
    environment = os.environ | ({"PYTHONPATH": str(project / "pipeline")} if project else {})
    command = [sys.executable, "-m", "masthead", "publish", "--json", str(sources), "-o", str(out), *options]
    return subprocess.Popen(
        command,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def workers_of(parent: int) -> list[int]:
    """The processes that the fork server of `parent` started: its grandchildren."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = status.parent.name, status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(rest[1]), []).append(int(pid))
    return [pid for child in children.get(parent, []) for pid in children.get(child, [])]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


PARTS: dict[str, Callable[[int], None]] = {
    part.__name__: part for part in (speed, identity, incremental, workers, memory, kills, small)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", default=["speed", "incremental"], choices=[*PARTS])
    parser.add_argument("--count", type=int, default=20)
    arguments = parser.parse_args()
    for part in arguments.parts:
        PARTS[part](arguments.count)


if __name__ == "__main__":
    main()
