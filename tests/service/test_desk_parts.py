"""Parts of the desk by themselves: what is taken in, who has a token, how often one may come, the record, a backup."""

from __future__ import annotations

import sqlite3
import stat
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

import desks
from masthead import formats
from masthead.comparison import DocumentKey
from masthead.document import OrderError, ResourceError, SourceError
from masthead.publication import SourceFile
from masthead.service.desk import DeskFolder, DeskRole, DeskUser, TokenFile, add_token, gate, intake, write_backup
from masthead.service.desk import tokens as desk_tokens
from masthead.service.desk.gate import RateLimit
from masthead.service.desk.intake import RefusedSource
from masthead.service.desk.operations import DeskOperation, SignIn, schema
from masthead.service.desk.record import DeskRecord, SourceState, opened

# --- what is sent -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("a.md", formats.MAX_BYTES), ("A.DOCX", formats.MAX_BYTES), ("a.zip", intake.MAX_SENT),
        ("a.ZIP", intake.MAX_SENT),
        ("a" * 197 + ".md", formats.MAX_BYTES), ("قرار.md", formats.MAX_BYTES),
    ],
)  # fmt: skip
def test_a_name_says_how_much_may_be_sent(name, most):
    assert intake.limit(name) == most


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "invalid name"), ("a" * 198 + ".md", "invalid name"), ("x/a.md", "invalid name"),
        ("a\n.md", "invalid name"),
        ("a\u0085.md", "invalid name"), ("a", "unknown form of source: no suffix"),
        ("a.exe", "unknown form of source: .exe"),
    ],
)  # fmt: skip
def test_another_name_is_refused(name, message):
    with pytest.raises(OrderError) as caught:
        intake.limit(name)
    assert caught.value.message == message
    hint = "a name has up to 200 characters, no / and no control characters"
    assert caught.value.hint == (hint if message == "invalid name" else f"use {', '.join((*formats.READABLE, '.zip'))}")


def test_a_source_is_known_by_its_form_and_its_bytes():
    digests = [
        intake.digest(SourceFile(*each)) for each in (("a.md", b"x"), ("b.MD", b"x"), ("a.txt", b"x"), ("a.md", b"y"))
    ]
    assert digests[0] == digests[1] and len(set(digests)) == 3


def taken(folder: Path, data: bytes, name: str = "x.zip"):
    (folder / "sent").write_bytes(data)
    return list(intake.sources(folder / "sent", name))


def member(name: str, *, system: int = 3, mode: int = stat.S_IFREG | 0o644, data: bytes = b"x") -> bytes:
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = system, mode << 16
        archive.writestr(info, data)
        archive.writestr("ok.md", b"ok")
    return file.getvalue()


OK = SourceFile("ok.md", b"ok")


@pytest.mark.parametrize(
    "name",
    ["..", "../a.md", "a/../b.md", "./a.md", "a/./b.md", "/a.md", "a//b.md", "C:\\a.md", "a\\b.md", "a\n.md",
        "é" * 99 + ".md", "a" * 198 + ".md",
     "/".join(["a" * 99] * 5) + "/a" + ".md"],
)  # fmt: skip
def test_a_path_of_a_bundle_stays_below_its_folder(name, tmp_path):
    refused, source = taken(tmp_path, member(name))
    assert isinstance(refused, RefusedSource) and source == OK
    assert refused.error.message == "the bundle has an invalid path" and refused.error.where == refused.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sent"]


@pytest.mark.parametrize(
    "name",
    ["a.md", "a../b.md", "x/y/z.md", "é" * 98 + ".md", "a" * 197 + ".md", "/".join(["a" * 99] * 4) + f"/{'b' * 97}.md"],
)
def test_an_ordinary_path_of_a_bundle_is_taken(name, tmp_path):
    found = taken(tmp_path, member(name))
    assert sorted(found, key=str) == sorted([SourceFile(name, b"x"), OK], key=str)


def test_of_two_files_with_one_path_the_second_is_refused(tmp_path):
    (tmp_path / "both.zip").write_bytes(member("a.md"))
    with zipfile.ZipFile(tmp_path / "both.zip", "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.md", b"other")
    found = taken(tmp_path, (tmp_path / "both.zip").read_bytes())
    assert [each.name for each in found] == ["a.md", "a.md", "ok.md"]
    assert isinstance(found[0], RefusedSource) and found[1] == SourceFile("a.md", b"x")


def test_links_are_not_made_and_folders_are_not_sources(tmp_path):
    refused, _ = taken(tmp_path, member("a.md", mode=stat.S_IFLNK | 0o777, data=b"/etc/passwd"))
    assert isinstance(refused, RefusedSource)
    plain, _ = taken(tmp_path, member("a.md", system=0, mode=stat.S_IFLNK | 0o777))  # not from Unix: no mode
    assert plain == SourceFile("a.md", b"x")
    assert taken(tmp_path, member("folder.md/", mode=stat.S_IFDIR)) == [OK]


@pytest.mark.parametrize(("name", "limit"), [("_UNPACKED", 4), ("_FILES", 2)])
def test_a_bundle_has_limits(name, limit, tmp_path, monkeypatch):
    data = desks.bundle({"a.md": "12", "b.md": "34"})
    monkeypatch.setattr(intake, name, limit)
    assert len(taken(tmp_path, data)) == 2
    monkeypatch.setattr(intake, name, limit - 1)
    with pytest.raises(ResourceError) as caught:
        taken(tmp_path, data)
    assert caught.value.message == {
        "_UNPACKED": "the bundle has more than 0 MiB when it is unpacked", "_FILES": "the bundle has 2 files",
    }[name]  # fmt: skip
    assert caught.value.hint.startswith("send several bundles")


def test_a_source_of_a_bundle_that_fails_is_named_by_its_path_there(tmp_path, monkeypatch):
    data = desks.bundle({"in/a.md": "![](b.svg)", "in/b.svg": "x" * 10})
    assert taken(tmp_path, data)[0].name == "in/a.md"
    monkeypatch.setattr(formats, "MAX_BYTES", 15)
    (refused,) = taken(tmp_path, data)
    assert (refused.name, refused.error.where) == ("in/a.md", "in/a.md") and isinstance(refused.error, ResourceError)


def test_what_is_no_bundle_is_an_error_that_says_so(tmp_path):
    with pytest.raises(SourceError) as caught:
        taken(tmp_path, b"no bundle")
    assert (caught.value.message, caught.value.where) == ("the bundle cannot be read: BadZipFile", "x.zip")
    assert caught.value.hint == "make it again, as a ZIP file without a password"
    assert taken(tmp_path, b"no bundle", "x.md") == [SourceFile("x.md", b"no bundle")]


# --- how often --------------------------------------------------------------------------------------------------------


def test_somebody_may_come_so_many_times_at_once_and_then_at_a_rate(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(gate.time, "monotonic", lambda: now[0])
    limit = RateLimit(2, 3)
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert [limit.wait("a") for _ in range(5)] == [0.5] * 5  # a refused request costs nothing
    now[0] += 0.25
    assert limit.wait("a") == pytest.approx(0.25)
    now[0] += 0.25
    assert [limit.wait("a"), limit.wait("a")] == [0, 0.5]
    assert limit.wait("b") == 0
    now[0] += 100  # no more than at the beginning
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_who_came_last_is_remembered_longest(monkeypatch):
    monkeypatch.setattr(gate, "_KNOWN", 2)
    limit = RateLimit(0.001, 1)
    assert [limit.wait(who) == 0 for who in ("a", "b", "a", "c", "a", "b")] == [True, True, False, True, False, True]


# --- what OpenAPI says ------------------------------------------------------------------------------------------------


def test_an_operation_is_described_with_its_parameters_its_body_and_its_role():
    operations = [
        DeskOperation("GET", "/x/{id}/{at}", DeskRole.READER, "Read.", None, media="image/png", query=("dpi",)),
        DeskOperation("POST", "/x/{id}/{at}", None, "Sign in.", None, SignIn),
        DeskOperation("POST", "/y", DeskRole.EDITOR, "Send.", None, query=("name",)),
        DeskOperation("GET", "/y", DeskRole.READER, "List.", None, query=("name", "other")),
    ]
    described = schema(operations)
    read, sign_in = (described["paths"]["/x/{id}/{at}"][method] for method in ("get", "post"))
    text = {"schema": {"type": "string"}}
    parts = [{"name": name, "in": "path", "required": True, **text} for name in ("id", "at")]
    refusals = {code: {"$ref": "#/components/responses/Refusal"} for code in ("4XX", "5XX")}
    assert read == {
        "summary": "Read.", "parameters": [*parts, {"name": "dpi", "in": "query", "required": False, **text}],
        "responses": {"2XX": {"description": "Done.", "content": {"image/png": {}}}, **refusals},
        "security": [{"token": []}], "x-role": "reader",
    }  # fmt: skip
    json = {"application/json": {"schema": SignIn.model_json_schema()}}
    assert sign_in["requestBody"] == {"required": True, "content": json}
    assert (sign_in["parameters"], sign_in["security"], sign_in["x-role"]) == (parts, [], None)
    send, listed = (described["paths"]["/y"][method] for method in ("post", "get"))
    assert send["requestBody"] == {"required": True, "content": {"application/octet-stream": {}}}
    assert [(each["name"], each["required"]) for each in listed["parameters"]] == [("name", True), ("other", False)]
    assert "requestBody" not in listed and "requestBody" not in read
    assert list(described["components"]["responses"]["Refusal"]) == ["description", "content"]
    assert described["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}


# --- tokens -----------------------------------------------------------------------------------------------------------


def test_each_role_may_read_and_do_its_own_part():
    for role in DeskRole:
        user = DeskUser("x", frozenset([role]))
        assert [each for each in DeskRole if user.may(each)] == [*dict.fromkeys((DeskRole.READER, role))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1", "invalid token: "),
        ('[[tokens]]\nname = ""\nroles = ["reader"]\nsha256 = "' + "0" * 64 + '"', "invalid token: tokens.0.name: "),
        ('[[tokens]]\nname = "a\\u0001"\nroles = ["reader"]\nsha256 = "' + "0" * 64 + '"',
            "invalid token: tokens.0.name: "),
        ('[[tokens]]\nname = "a"\nroles = ["reader"]\nsha256 = "' + "0" * 63 + '"', "invalid token: tokens.0.sha256: "),
        ('[[tokens]]\nname = "a"\nroles = ["reader"]\nsha256 = "' + "G" * 64 + '"', "invalid token: tokens.0.sha256: "),
        ('[[tokens]]\nname = "a"\nroles = ["king"]\nsha256 = "' + "0" * 64 + '"', "invalid file of tokens: "),
        ("[[", "invalid file of tokens: "),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_of_tokens_is_named(text, message, tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OrderError) as caught:
        TokenFile(path)
    assert caught.value.message.startswith(message) and caught.value.where == str(path)
    with pytest.raises(OrderError):
        add_token(path, "b", [DeskRole.READER])
    assert path.read_text("utf-8") == text
    missing = tmp_path / "none.toml"
    with pytest.raises(OrderError, match="the file of tokens cannot be read: no such file or folder") as caught:
        TokenFile(missing)
    assert caught.value.hint == "masthead serve --new-token NAME writes one"


def test_users_who_are_given_need_no_file(tmp_path):
    tokens = TokenFile(None, [("secret", DeskUser("a", frozenset()))])
    assert (
        tokens.user(b"secret") == DeskUser("a", frozenset())
        and tokens.user(b"Secret") is None
        and tokens.user(b"") is None
    )
    path = tmp_path / "t.toml"
    one = add_token(path, "é", [DeskRole.EDITOR, DeskRole.PRINTER])
    other = add_token(path, "b", [DeskRole.READER])
    assert TokenFile(path).user(one.encode()) == DeskUser("é", frozenset([DeskRole.EDITOR, DeskRole.PRINTER]))
    assert TokenFile(path).user(other.encode()) == DeskUser("b", frozenset([DeskRole.READER])) and one != other
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(one) == len(other) == 43  # 256 bits in base64


def test_a_file_of_tokens_is_read_again_when_it_has_changed_and_only_then(tmp_path, monkeypatch):
    path = tmp_path / "t.toml"
    one = add_token(path, "a", [DeskRole.READER]).encode()
    before = path.read_bytes()
    tokens = TokenFile(path)
    with monkeypatch.context() as patched:
        patched.setattr(desk_tokens, "read", lambda path: pytest.fail("it has not changed"))
        assert tokens.user(one).name == "a" and tokens.user(b"x") is None
    other = add_token(path, "b", [DeskRole.EDITOR]).encode()
    assert (tokens.user(one).name, tokens.user(other).name, tokens.problem) == ("a", "b", "")
    path.write_text("[[", "utf-8")  # those before stay
    assert tokens.user(other).name == "b" and tokens.problem.startswith(f"{path}: invalid file of tokens")
    path.write_bytes(before)
    assert (tokens.user(one).name, tokens.user(other), tokens.problem) == ("a", None, "")


# --- the record -------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> DeskFolder:
    return DeskFolder(tmp_path)


def made(record: DeskRecord, id: str, symbol: str = "A/1", language: str = "en", *levels: str) -> None:
    record.submit(id, f"{id}.md", 1, "me", "now")
    report = {"findings": [{"severity": level} for level in levels]}
    record.made(id, DocumentKey(symbol, language), report, type="note", pdf=f"pdf-{id}", pages=1, seconds=1.0)


def test_of_a_document_in_a_language_the_last_submission_is_current(folder):
    with opened(folder) as record:
        for id, symbol, language in (("a", "A/1", "en"), ("b", "A/1", "en"), ("c", "A/1", "fr"), ("d", "A/2", "en")):
            made(record, id, symbol, language)
        assert [each.id for each in record.current(0, 9)] == ["b", "c", "d"]
        assert [each.id for each in record.current(2, 9)] == ["c", "d"] and [
            each.id for each in record.current(0, 1)
        ] == ["b"]
        assert [each.id for each in record.versions(DocumentKey("A/1", "en"))] == ["b", "a"]
        assert [each.id for each in record.languages("A/1")] == ["b", "c"]
        assert record.symbols() == ["A/1"]
        assert record.counts() == {"waiting": 0, "made": 4, "failed": 0, "removed": 0}
        record.submit("b", "b.md", 1, "you", "later")  # it is current: nothing changes
        assert record.find("b").sender == "me"
        found, is_new = record.submit("a", "other.md", 1, "you", "later")
        assert (found.sender, found.sent, found.name, found.number, is_new) == ("you", "later", "a.md", 5, False)
        assert [each.id for each in record.languages("A/1")] == ["a", "c"]
        assert record.edition("pdf-a").id == "a" and record.edition("none") is None and record.find("none") is None


def test_a_source_that_failed_is_shown_until_one_of_its_name_is_made(folder):
    with opened(folder) as record:
        found, is_new = record.submit("a", "x.md", 1, "me", "now")
        assert (found.state, is_new) == (SourceState.WAITING, True)
        assert record.submit("a", "x.md", 1, "me", "now")[1] is False  # it waits already
        assert [each.id for each in record.waiting(9)] == ["a"]
        record.failed("a", {"message": "no"})
        assert record.find("a").error == {"message": "no"} and record.waiting(9) == []
        assert [each.id for each in record.current(0, 9)] == ["a"]
        record.submit("b", "x.md", 1, "me", "now")
        record.failed("b", {"message": "no"})
        assert [each.id for each in record.current(0, 9)] == ["a", "b"]
        record.submit("c", "x.md", 1, "me", "now")
        record.made("c", DocumentKey("A/1", "en"), {"findings": []})
        assert [each.id for each in record.current(0, 9)] == ["c"]
        assert record.remove("c") is False and record.remove("none") is False and record.remove("a") is True
        assert record.find("a").state is SourceState.REMOVED and record.remove("a") is False
        again, is_new = record.submit("a", "x.md", 1, "me", "now")
        assert (again.state, again.error, is_new) == (SourceState.WAITING, None, True)


def test_whoever_follows_gets_each_change_once_in_order(folder):
    with opened(folder) as record:
        made(record, "a", "A/1", "en", "error", "note", "note")
        assert record.find("a").findings == {"error": 1, "warning": 0, "note": 2}
        before = record.revision
        assert record.since(before, 9) == []
        made(record, "b", "A/1", "fr")  # what the two agree on is open again
        assert [each.id for each in record.since(before, 9)] == ["b", "a"]
        before = record.revision
        record.agree("A/1", "digest", 3)
        assert record.agreement("A/1") == ("digest", 3) and record.agreement("A/9") is None
        assert sorted(each.id for each in record.since(before, 9)) == ["a", "b"]
        assert len(record.since(before, 1)) == 1
        before = record.revision
        record.touch("b")
        assert [each.id for each in record.since(before, 9)] == ["b"]
        assert record.report("b") == {"findings": []} and record.report("none") is None
    with opened(folder) as record:  # a new server goes on
        assert record.revision == before + 1
        assert record.submit("z", "z.md", 1, "me", "now")[0].number == 3


@pytest.mark.parametrize(
    ("symbol", "stem"),
    [("E/RES/2017/18", "E_RES_2017_18.en"), ("A/1*", "A_1.en"), ("قرار-1 (a)", "قرار-1_(a).en"), ("", ".en")],
)
def test_files_are_named_by_the_document(symbol, stem, folder):
    with opened(folder) as record:
        made(record, "a", symbol)
        found = record.find("a")
    assert (found.stem, found.suffix, found.key) == (stem, ".md", DocumentKey(symbol, "en"))


def test_files_are_spread_over_folders_by_the_begin_of_their_digests():
    folder = DeskFolder(Path("d"))
    assert folder.source("abcdef", ".md") == Path("d/sources/ab/abcdef.md")
    assert folder.edition("abcdef") == Path("d/editions/ab/abcdef.pdf")
    places = folder.record, folder.baselines, folder.prints, folder.incoming
    assert [str(each) for each in places] == ["d/desk.sqlite", "d/baselines", "d/prints.sqlite", "d/incoming"]


def test_a_folder_is_held_by_one_server(tmp_path):
    folder = DeskFolder(tmp_path / "new" / "desk")
    with folder.held(), pytest.raises(ResourceError) as caught, folder.held():
        pass
    assert (caught.value.message, caught.value.hint) == (
        "another server is using this folder",
        "stop it, or name another folder",
    )
    with folder.held():
        pass
    (tmp_path / "file").touch()
    with pytest.raises(ResourceError, match="the folder cannot be used"), DeskFolder(tmp_path / "file").held():
        pass


def test_a_backup_has_all_that_a_desk_needs(tmp_path):
    folder = DeskFolder(tmp_path / "desk")
    folder.path.mkdir()
    with opened(folder) as record:
        made(record, "a")
        for path in (folder.source("ab", ".md"), folder.edition("cd"), folder.baselines / "objects" / "ef",
            folder.incoming / "x",
                     folder.baselines / "index.jsonl", folder.path / "sources" / ".half"):  # fmt: skip
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(path.name.encode())
        with closing(sqlite3.connect(folder.prints)) as prints:
            prints.execute("CREATE TABLE handover (id)")
            prints.commit()
        assert write_backup(folder, tmp_path / "b.tar") == 6
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert sorted(archive.getnames()) == [
            "baselines/index.jsonl", "baselines/objects/ef", "desk.sqlite", "editions/cd/cd.pdf", "prints.sqlite",
            "sources/ab/ab.md",
        ]  # fmt: skip
        archive.extractall(tmp_path / "restored", filter="data")
    with opened(DeskFolder(tmp_path / "restored")) as record:
        assert record.find("a").pdf == "pdf-a"
    with closing(sqlite3.connect(tmp_path / "restored" / "prints.sqlite")) as prints:
        assert prints.execute("SELECT name FROM sqlite_master").fetchall() == [("handover",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "desk", "restored"]
    with pytest.raises(ResourceError, match="the backup cannot be written"):
        write_backup(folder, tmp_path / "nowhere" / "b.tar")
    with pytest.raises(ResourceError, match="there is no desk in this folder"):
        write_backup(DeskFolder(tmp_path / "nowhere"), tmp_path / "c.tar")
