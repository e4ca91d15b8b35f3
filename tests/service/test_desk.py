"""The API of the desk: what is submitted, what becomes of it, who may do what, and what survives a kill."""

from __future__ import annotations

import http.client
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from openapi_spec_validator import validate

import desks
from desks import DeskClient, DeskProcess
from masthead.document import OrderError, ResourceError
from masthead.service.desk import DeskFolder, DeskRole, TokenFile, add_token, write_backup
from masthead.service.desk.record import opened
from paths import EXAMPLES
from printers import Lab, free_port, message_bus


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    with desks.desk(tmp_path_factory.mktemp("desk") / "desk", "-j", "1") as process:
        yield process
        assert "Traceback" not in process.errors.read_text("utf-8")


@pytest.fixture(scope="module")
def client(running: DeskProcess) -> DeskClient:
    return running.client("all")


def made(client: DeskClient, name: str, text: str) -> dict[str, object]:
    """Submit a source, and return what has become of it."""
    (source,) = client.submit(name, text).values["sources"]
    return desks.until(lambda: (found := client.get(f"/api/sources/{source['id']}"), found["state"] != "waiting"))


def test_a_source_is_made_once_however_often_it_is_sent(client: DeskClient) -> None:
    text = desks.note("A/104/1")
    first = client.submit("A_104_1.en.md", text)
    assert first.status == 202
    source = made(client, "another name.md", text)
    assert source["id"] == first.values["sources"][0]["id"]
    assert (source["state"], source["symbol"], source["language"], source["name"]) == (
        *("made", "A/104/1", "en"),
        "A_104_1.en.md",
    )
    before = source["revision"]
    assert client.submit("A_104_1.en.md", text).status == 200
    assert client.get(f"/api/sources/{source['id']}")["revision"] == before
    pdf = client.ask("GET", f"/api/sources/{source['id']}/edition.pdf")
    assert pdf.body.startswith(b"%PDF")
    assert pdf.headers["content-disposition"] == 'inline; filename="A_104_1.en.pdf"'
    picture = client.ask("GET", f"/api/editions/{source['pdf']}/pages/1.png")
    assert (picture.status, picture.body[:4]) == (200, b"\x89PNG")
    assert client.ask("GET", f"/api/editions/{source['pdf']}/pages/9.png").status == 422
    assert client.ask("GET", f"/api/sources/{source['id']}/original").body == text.encode()


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [(".md", b"---"), (".docx", b"PK"), (".html", b"<!DOCTYPE"), (".akn", b"<?xml")],
)
def test_an_edition_is_had_in_every_form(client: DeskClient, suffix: str, begins: bytes) -> None:
    source = made(client, "A_104_2.en.md", desks.note("A/104/2"))
    answer = client.ask("GET", f"/api/sources/{source['id']}/edition{suffix}")
    assert (answer.status, answer.body[: len(begins)]) == (200, begins)


def test_a_bad_source_says_what_is_wrong_and_a_corrected_one_takes_its_place(client: DeskClient) -> None:
    bad = made(client, "A_104_3.en.md", desks.note("A/104/3").replace("symbol:", "smybol:"))
    assert bad["state"] == "failed"
    assert bad["error"]["where"] == "A_104_3.en.md:5:1"  # type: ignore[index]
    assert "symbol" in bad["error"]["message"] + bad["error"]["hint"]  # type: ignore[index]
    assert bad["id"] in [each["id"] for each in client.sources()]
    made(client, "A_104_3.en.md", desks.note("A/104/3"))
    assert bad["id"] not in [each["id"] for each in client.sources()]


def test_a_source_that_failed_can_be_removed_and_sent_again(client: DeskClient) -> None:
    bad = made(client, "odd.md", "no front matter")
    assert client.ask("DELETE", f"/api/sources/{bad['id']}").status == 200
    assert bad["id"] not in [each["id"] for each in client.sources()]
    assert client.ask("DELETE", f"/api/sources/{bad['id']}").status == 409
    assert client.submit("odd.md", "no front matter").status == 202
    assert client.ask("DELETE", f"/api/sources/{made(client, 'odd.md', 'no front matter')['id']}").status == 200


def test_a_bundle_is_taken_with_its_pictures_and_what_is_wrong_in_it_is_said(client: DeskClient) -> None:
    picture = (EXAMPLES / "specimens" / "gardens.svg").read_bytes()
    text = (EXAMPLES / "specimens" / "A_104_96.en.md").read_bytes()
    sent = desks.bundle(
        {"in/A_104_96.en.md": text, "in/gardens.svg": picture, "../../etc/passwd.md": b"x", "/a.md": b"x"}
    )
    answer = client.submit("papers.zip", sent)
    assert answer.status == 202
    assert [each["name"] for each in answer.values["sources"]] == ["in/A_104_96.en.md"]
    assert [each["where"] for each in answer.values["refused"]] == ["../../etc/passwd.md", "/a.md"]
    (source,) = [each for each in client.settled() if each["id"] == answer.values["sources"][0]["id"]]
    assert (source["state"], source["error"]) == ("made", None)
    assert client.submit("papers.zip", sent).status == 200


def test_language_versions_are_compared_when_they_are_made(client: DeskClient) -> None:
    for language in ("en", "fr"):
        made(client, f"A_104_4.{language}.md", desks.note("A/104/4", language))
    found = desks.until(
        lambda: (found := client.get("/api/sources?symbol=A/104/4")["sources"], found[0]["disagreements"] is not None)
    )
    assert [each["language"] for each in found] == ["en", "fr"]
    assert found[0]["disagreements"] == len(client.get("/api/concordance?symbol=A/104/4")["disagreements"]) > 0
    page = client.ask("GET", "/api/concordance?symbol=A/104/4", headers={"accept": "text/html"})
    assert page.body.startswith(b"<!DOCTYPE html>")
    assert "sandbox" in page.headers["content-security-policy"]
    assert client.ask("GET", "/api/concordance?symbol=A/104/999").status == 404


def test_an_approval_is_recorded_and_undone_and_a_revision_is_compared_with_it(client: DeskClient) -> None:
    first = made(client, "A_104_5.en.md", desks.note("A/104/5"))
    assert client.ask("GET", f"/api/sources/{first['id']}/comparison").status == 404
    assert client.decide(str(first["id"]), "undo").status == 409  # there is nothing to undo
    approved = client.decide(str(first["id"]), "approve", "checked against the draft").values
    assert approved["approved"]["by"] == "Layla Haddad (approver)"
    assert approved["approved"]["why"] == "checked against the draft"
    second = made(client, "A_104_5.en.md", desks.note("A/104/5", text="The meeting begins at eleven."))
    assert (second["approved"], second["has_baseline"], second["number"] > first["number"]) == (None, True, True)  # type: ignore[operator]
    assert client.decide(str(first["id"]), "reject").status == 409  # not the current one
    changed = client.get(f"/api/sources/{second['id']}/comparison")
    assert any("eleven" in json.dumps(each) for each in changed["differences"])
    page = client.ask("GET", f"/api/sources/{second['id']}/comparison", headers={"accept": "text/html"})
    assert f"/api/editions/{first['pdf']}/pages/1.png".encode() in page.body
    assert client.decide(str(second["id"]), "approve", "revised").values["approved"]["why"] == "revised"
    undone = client.decide(str(second["id"]), "undo", "too early").values
    assert (undone["approved"], undone["has_baseline"]) == (None, True)
    acts = [each["act"] for each in client.get(f"/api/sources/{second['id']}")["decisions"]]
    assert acts == ["approve", "approve", "undo"]
    assert client.submit("A_104_5.en.md", desks.note("A/104/5")).status == 200
    assert client.get(f"/api/sources/{first['id']}")["current"], "the older bytes, sent again, are the current version"


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("reader", set()), ("editor", {"submit", "remove"}), ("approver", {"decide"}), ("printer", {"print"}), ("", None)],
)
def test_each_role_may_do_its_own_part(
    running: DeskProcess, client: DeskClient, role: str, allowed: set[str] | None
) -> None:
    source = made(client, "A_104_6.en.md", desks.note("A/104/6"))
    someone = running.client(role)
    asked = {
        "read": someone.ask("GET", f"/api/sources/{source['id']}").status,
        "submit": someone.submit("A_104_6.en.md", desks.note("A/104/6")).status,
        "remove": someone.ask("DELETE", f"/api/sources/{source['id']}").status,
        "decide": someone.decide(str(source["id"]), "reject", "to try").status,
        "print": someone.ask("POST", f"/api/sources/{source['id']}/prints").status,
    }
    if allowed is None:
        assert set(asked.values()) == {401}
    else:
        assert asked.pop("read") == 200
        assert {name for name, status in asked.items() if status != 403} == allowed


def test_changes_are_followed_from_where_a_client_was(running: DeskProcess, client: DeskClient) -> None:
    begin = client.get("/api/sources?limit=1")["revision"]
    source = made(client, "A_104_7.en.md", desks.note("A/104/7"))
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    headers = {"authorization": f"Bearer {client.token}", "last-event-id": str(begin)}
    connection.request("GET", "/api/events", headers=headers)
    answer, lines = connection.getresponse(), []
    while not any(source["pdf"] and str(source["pdf"]) in line for line in lines):
        lines.append(answer.readline().decode())
    connection.close()
    assert any(line.startswith("id: ") for line in lines)


def test_the_browser_signs_in_with_a_cookie_that_other_sites_cannot_use(running: DeskProcess) -> None:
    nobody, token = running.client(), running.tokens["all"]
    assert nobody.ask("POST", "/api/session", {"token": "x"}).status == 401
    cookie = nobody.ask("POST", "/api/session", {"token": token}).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    held = {"cookie": cookie.split(";")[0]}
    assert nobody.ask("GET", "/api/me", headers=held).values["name"] == "Layla Haddad"
    path, text = "/api/sources?name=A_104_8.en.md", desks.note("A/104/8").encode()
    here = f"http://127.0.0.1:{running.port}"
    for origin, status in ((None, 403), ("https://evil.example", 403), ("http://[", 403), (here, 202)):
        assert nobody.ask("POST", path, text, held | ({"origin": origin} if origin else {})).status == status


def test_figures_are_in_the_format_of_prometheus(client: DeskClient) -> None:
    from prometheus_client.parser import text_string_to_metric_families

    client.get("/api/sources")
    text = client.ask("GET", "/metrics").body.decode()
    found = {each.name for each in text_string_to_metric_families(text)}
    assert found >= {"masthead_requests", "masthead_request_seconds", "masthead_sources", "masthead_edition_seconds"}
    assert 'route="/api/sources"' in text and "A/104" not in text


def test_the_description_is_valid_and_names_every_operation(client: DeskClient) -> None:
    said = client.get("/api/openapi.json")
    validate(said)
    assert said["paths"]["/api/sources"]["post"]["x-role"] == "editor"


def test_each_request_has_a_line_in_the_log_without_its_token(running: DeskProcess, client: DeskClient) -> None:
    id = client.ask("GET", "/api/me?x=1").headers["x-request-id"]
    text = desks.until(lambda: (text := running.log.read_text("utf-8"), f'"{id}"' in text and text.endswith("\n")))
    (line,) = [each for each in map(json.loads, text.splitlines()) if each["request"] == id]
    assert (line["user"], line["path"], line["status"]) == ("Layla Haddad", "/api/me", 200)
    assert not any(token in text for token in running.tokens.values())


def test_an_odd_host_is_refused(running: DeskProcess) -> None:
    assert running.client("all").ask("GET", "/health", headers={"host": "evil.example"}).status == 400


# --- what survives ----------------------------------------------------------------------------------------------------


def test_a_server_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with desks.desk(tmp_path / "desk", "-j", "1") as process:
        client, texts = process.client("all"), [desks.note(f"A/104/{number}") for number in range(20, 26)]
        ids = [client.submit("note.md", text).values["sources"][0]["id"] for text in texts]
        desks.until(lambda: (None, any(each["state"] == "made" for each in client.sources())))
        client.decide(next(each["id"] for each in client.sources() if each["state"] == "made"), "approve")
        process.kill()
        process.start()
        found = client.settled()
        assert sorted(each["id"] for each in found) == sorted(ids)
        assert {each["state"] for each in found} == {"made"}
        assert sum(each["approved"] is not None for each in found) == 1
        editions = [path for path in (tmp_path / "desk" / "editions").rglob("*") if path.is_file()]
        assert len(editions) == len(ids)


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    with desks.desk(tmp_path / "desk", "-j", "1") as process:
        client, pid = process.client("all"), process.pid
        for number in range(30, 34):
            client.submit("note.md", desks.note(f"A/104/{number}"))
        for each in desks.until(lambda: (found := desks.workers(pid), bool(found))):
            desks.kill(each)
        assert {each["state"] for each in client.settled()} == {"made"}


def test_a_backup_is_the_folder_of_a_desk(tmp_path: Path) -> None:
    with desks.desk(tmp_path / "desk", "-j", "1") as process:
        client = process.client("all")
        client.submit("note.md", desks.note("A/104/40"))
        (source,) = client.settled()
        client.decide(source["id"], "approve")
        assert write_backup(DeskFolder(tmp_path / "desk"), tmp_path / "backup.tar") == 5
        with pytest.raises(ResourceError, match="already exists"):
            write_backup(DeskFolder(tmp_path / "desk"), tmp_path / "backup.tar")
    with tarfile.open(tmp_path / "backup.tar") as archive:
        archive.extractall(tmp_path / "restored", filter="data")
    with desks.desk(tmp_path / "restored", "-j", "1") as process:
        (found,) = process.client("all").sources()
        assert (found["id"], found["pdf"], bool(found["approved"])) == (source["id"], source["pdf"], True)
        assert process.client("all").ask("GET", f"/api/sources/{found['id']}/edition.pdf").status == 200
        with pytest.raises(ResourceError, match="another server"), DeskFolder(tmp_path / "restored").held():
            pass


def test_the_record_is_closed_when_no_thread_writes_in_it_any_more(tmp_path: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def wait() -> bool:
        begun.set()
        return may_end.wait(60)

    with ThreadPoolExecutor() as threads:
        with opened(DeskFolder(tmp_path)) as record:
            record._connection.create_function("wait", 0, wait)
            record._connection.execute("CREATE TEMP TRIGGER slow BEFORE INSERT ON agreements BEGIN SELECT wait(); END")
            writing = threads.submit(record.agree, "A/71/119", "ar en", 0)
            assert begun.wait(60)
            threading.Timer(0.2, may_end.set).start()
        assert may_end.is_set()
        writing.result(60)


def test_a_record_of_another_form_is_refused_and_not_discarded(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path)
    with opened(folder):
        pass
    with sqlite3.connect(folder.record) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ResourceError, match="form 99"), opened(folder):
        pass
    folder.record.write_bytes(b"not a database, " * 100)
    with pytest.raises(ResourceError, match="not a database"), opened(folder):
        pass


def test_what_is_approved_is_printed_once_and_a_job_is_followed_after_a_restart(tmp_path: Path) -> None:
    with message_bus(tmp_path / "bus") as bus:
        lab = Lab(tmp_path / "lab", free_port(), bus)
        lab.start()
        try:
            with desks.desk(tmp_path / "desk", "-j", "1", "--printer", lab.printer.uri) as process:
                client = process.client("all")
                client.submit("note.md", desks.note("A/104/50"))
                (source,) = client.settled()
                prints = f"/api/sources/{source['id']}/prints"
                assert client.ask("POST", prints).status == 409  # not approved
                client.decide(source["id"], "approve")
                lab.set("empty")
                assert client.ask("POST", prints).status == 202
                process.stop()
                process.start()
                lab.set("empty", False)
                desks.until(lambda: (found := client.sources()[0], found["printed"] == "completed"))
                assert client.ask("POST", prints).values["printed"] == "completed"
                assert lab.received == [client.ask("GET", f"/api/sources/{source['id']}/edition.pdf").body]
                lab.stop()
                client.submit("note.md", desks.note("A/104/51"))
                (other,) = [each for each in client.settled() if each["symbol"] == "A/104/51"]
                client.decide(other["id"], "approve")
                assert client.ask("POST", f"/api/sources/{other['id']}/prints").status == 202
        finally:
            lab.close()


def test_a_full_disk_is_said_and_passes(tmp_path: Path) -> None:
    with desks.desk(tmp_path / "desk", "-j", "1") as process:
        client, limit = process.client("all"), resource.RLIMIT_FSIZE
        before = resource.prlimit(process.pid, limit)
        resource.prlimit(process.pid, limit, (2**18, before[1]))  # as if the disk had no room for more
        assert client.submit("x.md", b"x" * 2**20).status == 503
        resource.prlimit(process.pid, limit, before)
        assert client.submit("note.md", desks.note("A/104/60")).status == 202
        assert [each["state"] for each in client.settled()] == ["made"]


def test_another_organization_has_a_desk_in_its_own_languages(tmp_path: Path) -> None:
    organization = EXAMPLES / "organizations" / "river-commission"
    with desks.desk(tmp_path / "desk", "-j", "1", "--organization", str(organization)) as process:
        client, sources = process.client("all"), sorted((organization / "documents").glob("*.md"))
        for path in sources:
            assert client.submit(path.name, path.read_bytes()).status == 202
        found = client.settled()
        assert [each["error"] for each in found if each["state"] != "made"] == []
        assert {each["language"] for each in found} == {"ar", "fr", "sw"}
        (arabic, *_) = [each for each in found if each["language"] == "ar"]
        assert arabic["direction"] == "rtl"
        page = client.ask("GET", "/").body.decode()
        assert '"sw": "Swahili"' in page and '"zh"' not in page.split('"languages": ')[1].split("}")[0]


def test_editions_can_be_made_by_the_workers_of_a_cluster(tmp_path: Path) -> None:
    address, environment = f"tcp://127.0.0.1:{free_port()}", os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    options = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = ["distributed.cli.dask_scheduler", *options, "--port", address.rpartition(":")[2]]
    worker = ["distributed.cli.dask_worker", address, *options, "--nworkers", "1", "--nthreads", "1"]
    with ExitStack() as stack, (tmp_path / "dask.log").open("w") as log:
        for module in (scheduler, worker):
            command = [sys.executable, "-m", *module]
            process = stack.enter_context(
                subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=log, stderr=log)
            )
            stack.callback(process.terminate)
        desks.until(lambda: (None, "Registered to" in (tmp_path / "dask.log").read_text()))
        with desks.desk(tmp_path / "desk", "--cluster", address) as running:
            client = running.client("all")
            client.submit("note.md", desks.note("A/104/70"))
            client.submit("bad.md", "no front matter")
            assert sorted(each["state"] for each in client.settled()) == ["failed", "made"]


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bind", "0.0.0.0", "--port", "0"], "needs tokens"),
        (["--new-token", "Layla"], "name the file of tokens"),
        (["--new-token", "Layla", "--tokens", "t.toml", "--role", "king"], "the roles are reader"),
        (["--role", "editor"], "--role"),
        (["--tokens", "missing.toml"], "cannot be read"),
        (["--printer", "http://x"], "not a printer address"),
        (["--backup", "b.tar"], "there is no desk"),
    ],
)
def test_a_wrong_order_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    command = [sys.executable, "-m", "masthead", "serve", "desk", *arguments]
    run = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, timeout=60)
    assert run.returncode in (2, 6, 7)
    assert said in run.stderr
    assert not list(tmp_path.rglob("*.sqlite"))


def test_the_command_adds_tokens_and_gives_its_own_to_one_person(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "masthead", "serve"]
    asked = [*command, "--tokens", "t.toml", "--new-token", "Layla", "--role", "editor"]
    run = subprocess.run(asked, cwd=tmp_path, text=True, capture_output=True, timeout=60, check=True)
    user = TokenFile(tmp_path / "t.toml").user(run.stdout.strip().encode())
    assert user and user.name == "Layla" and user.may(DeskRole.EDITOR) and not user.may(DeskRole.APPROVER)
    with subprocess.Popen([*command, "--port", "0"], cwd=tmp_path, text=True, stdout=subprocess.PIPE) as process:
        assert process.stdout
        port, token = re.findall(r":(\d+)/#token=(\S+)", process.stdout.readline())[0]
        client = DeskClient(int(port), token)
        desks.until(lambda: (None, answers(client)), 30)
        assert len(client.get("/api/me")["roles"]) == 4
        process.terminate()
        assert process.wait(20) == 0


def answers(client: DeskClient) -> bool:
    try:
        return client.ask("GET", "/health").status == 200
    except OSError:
        return False


# --- tokens -----------------------------------------------------------------------------------------------------------


def test_a_token_is_withdrawn_by_its_deletion_and_a_damaged_file_keeps_those_before(tmp_path: Path) -> None:
    path = tmp_path / "tokens.toml"
    one, other = (add_token(path, name, [DeskRole.EDITOR]) for name in ("Layla", 'O"Neill'))
    assert path.stat().st_mode & 0o777 == 0o600
    assert one not in path.read_text("utf-8")
    tokens = TokenFile(path)
    assert tokens.user(one.encode()) and tokens.user(other.encode()).name == 'O"Neill'  # type: ignore[union-attr]
    text = path.read_text("utf-8")
    path.write_text("[[tokens", "utf-8")
    assert tokens.user(one.encode()) and "invalid" in tokens.problem
    time.sleep(0.01)
    path.write_text(text[: text.rindex("[[tokens]]")], "utf-8")
    assert tokens.user(one.encode()) and tokens.user(other.encode()) is None and not tokens.problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tokens = 1",
        "[[tokens]]\nname = 'x'",
        "[[tokens]]\nname = 'x'\nroles = ['king']\nsha256 = '" + "0" * 64 + "'",
        "[[tokens]]\nname = 'x'\nroles = []\nsha256 = '" + "0" * 64 + "'",
        "[[tokens]]\nname = 'x'\nroles = ['reader']\nsha256 = 'secret'",
        "[[tokens]]\nname = 'x'\nroles = ['reader']\ntoken = 'secret'\nsha256 = '" + "0" * 64 + "'",
    ],
)
def test_an_invalid_file_of_tokens_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "tokens.toml").write_text(text, "utf-8")
    with pytest.raises(OrderError):
        TokenFile(tmp_path / "tokens.toml")
