"""A real scheduler, two workers and an S3 server: the same bytes as on one machine, even if a worker is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from distributed import CancelledError, KilledWorker
from test_batch import ARABIC, ENGLISH, TEXT

from hosts import HERE, Host, host
from masthead.batch import Limits
from masthead.batch.cluster import Cluster
from masthead.document.errors import OrderError, SourceError
from paths import ORGANIZATIONS

BUCKET = "masthead"
PATIENCE = 300  # seconds: the machine may be busy


@dataclass(frozen=True, slots=True)
class Site:
    """A scheduler with two workers, and a store. `environment` has the variables that every process needs."""

    scheduler: str
    store: str
    workers: tuple[subprocess.Popen[bytes], ...]
    environment: dict[str, str]

    def publish(self, sources: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "masthead", "publish", str(sources), "-o", str(output), *more]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """If possible, each worker has a host of its own, so that they share no address, only the store."""
    port, s3 = _free_port(), _free_port()
    scheduler = ["distributed.cli.dask_scheduler", "--host", "0.0.0.0", "--port", str(port), "--no-dashboard"]
    with ExitStack() as stack:

        def start(module: Sequence[str], at: Host = HERE) -> subprocess.Popen[bytes]:
            log = stack.enter_context(NamedTemporaryFile(dir=tmp_path, suffix=".log", delete=False))
            command = [*at.prefix, sys.executable, "-m", *module]
            environment = _environment(f"http://{at.outside}:{s3}")
            process = subprocess.Popen(
                command, env=environment, cwd=tmp_path, stdout=log, stderr=log, start_new_session=True
            )
            stack.callback(_end, process)
            return process

        start(["moto.server", "-H", "0.0.0.0", "-p", str(s3)])
        start(scheduler)
        _wait_for(s3)
        _wait_for(port)
        environment = _environment(f"http://127.0.0.1:{s3}")
        bucket = f"import s3fs; s3fs.S3FileSystem().mkdir({BUCKET!r})"
        subprocess.run([sys.executable, "-c", bucket], env=environment, check=True)
        workers = []
        for number in range(2):
            at = stack.enter_context(host(number))
            address = f"tcp://{at.outside}:{port}"
            options = ["--host", at.inside, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
            workers.append(start(["distributed.cli.dask_worker", address, *options], at))
        yield Site(f"tcp://127.0.0.1:{port}", f"s3://{BUCKET}/night", tuple(workers), environment)


def _environment(s3: str) -> dict[str, str]:
    return os.environ | {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3,
        "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
    }


def test_a_worker_killed_half_way_changes_no_byte(tmp_path: Path, site: Site) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(8):
        letters = ENGLISH if number % 2 else ARABIC
        (sources / f"{number}.md").write_text(TEXT.format(number=number + 11, **letters))
    local = site.publish(sources, tmp_path / "local", "-j", "1")
    _, told = local.communicate(timeout=PATIENCE)
    assert local.returncode == 0, told.decode()

    run = site.publish(sources, tmp_path / "far", "--cluster", site.scheduler, "--store", site.store)
    _until(lambda: len(list((tmp_path / "far").glob("*.pdf"))) >= 2)
    os.killpg(site.workers[0].pid, signal.SIGKILL)
    _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, told.decode()
    assert _files(tmp_path / "far") == _files(tmp_path / "local")
    assert len(_files(tmp_path / "far")) == 8


def test_a_cluster_publishes_for_another_organization(tmp_path: Path, site: Site) -> None:
    house = ("--organization", str(ORGANIZATIONS / "city-council"))
    sources = ORGANIZATIONS / "city-council" / "documents"
    for name, more in (("local", ()), ("far", ("--cluster", site.scheduler, "--store", site.store))):
        run = site.publish(sources, tmp_path / name, *house, *more)
        _, told = run.communicate(timeout=PATIENCE)
        assert run.returncode == 0, told.decode()
    assert _files(tmp_path / "far") == _files(tmp_path / "local")
    assert len(_files(tmp_path / "far")) == 6


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CancelledError("make-1"), "the scheduler was lost"),
        (OSError("connection reset"), "the scheduler was lost"),
        (KilledWorker("make-1", None, 3), "the workers that processed this document ended"),
        (ValueError("no PDF"), None),
        (SourceError("no title"), None),
    ],
)
def test_an_error_of_the_document_is_no_loss_of_the_cluster(error: Exception, words: str | None) -> None:
    loss = object.__new__(Cluster).loss(error)
    assert (loss and loss.message) == words


def test_a_cluster_without_a_scheduler_is_refused() -> None:
    with pytest.raises(OrderError, match="no scheduler answers"):
        Cluster(f"tcp://127.0.0.1:{_free_port()}", Limits())


@pytest.mark.parametrize("address", ["tcp://192.0.2.7:8786", "192.0.2.7:8786", "tcp://scheduler.example:8786"])
def test_a_connection_that_others_could_read_is_refused(address: str) -> None:
    with pytest.raises(OrderError, match="not encrypted"):
        Cluster(address, Limits())


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tcp://[::1]:1", "localhost:1"])
def test_a_connection_within_this_machine_is_tried(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.batch.cluster._PATIENCE", 0.1)
    with pytest.raises(OrderError, match="no scheduler answers"):
        Cluster(address, Limits())


def test_a_connection_that_is_allowed_to_be_unencrypted_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.batch.cluster._PATIENCE", 0.1)
    with pytest.raises(OrderError, match="no scheduler answers"):
        Cluster("tcp://192.0.2.7:1", Limits(), unencrypted=True)


def test_tls_without_certificates_is_named() -> None:
    with pytest.raises(OrderError, match="TLS has no certificates"):
        Cluster("tls://127.0.0.1:1", Limits())


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    _until(answers)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
