"""Html → Pdf: what is refused, what is kept apart, and the books of the text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint

from masthead.document.errors import TypesettingError
from masthead.typesetting import repairs
from masthead.typesetting.typesetter import Pdf, typeset
from paths import ROOT
from small import html, note

TEXT = "تشجيع التصديق العالمي على اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية "


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="../../../etc/passwd" alt="x">',
        '<img src="https://example.org/a.png" alt="x">',
        '<link rel="stylesheet" href="ftp://example.org/a.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<img src="absent.png" alt="x">',
    ],
)
def test_only_bundled_files_are_read(body: str) -> None:
    with pytest.raises(TypesettingError):
        typeset(html(f"<p>نص</p>{body}"))


def test_a_property_that_does_nothing_is_an_error() -> None:
    with pytest.raises(TypesettingError, match="unicode-bidi"):
        typeset(html('<p style="unicode-bidi: isolate">نص</p>'))


@pytest.mark.parametrize("package", ["weasyprint", "pydyf"])
def test_another_version_is_refused(package: str, tmp_path: Path) -> None:
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text("VERSION = __version__ = '71.0'\n")
    program = (
        "from masthead.document import TypesettingError\n"
        "for _ in range(2):\n"
        "    try:\n"
        f"        import masthead.typesetting.engine.{package}\n"
        "    except TypesettingError as error:\n"
        "        print(error, error.hint)"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    run = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True
    )
    lines = run.stdout.splitlines()
    assert len(lines) == 2, run.stderr
    assert all("71.0 is installed" in line and f"pip install {package}==" in line for line in lines)


def test_same_html_same_bytes_in_any_process_and_folder(tmp_path: Path) -> None:
    page = html(f"<p>{TEXT}{note(1, TEXT)}</p>")
    (tmp_path / "page.html").write_text(page.text, "utf-8")
    program = (
        "import hashlib; from pathlib import Path; from masthead.page.markup import Html;"
        "from masthead.typesetting.typesetter import typeset;"
        "print(hashlib.sha256(typeset(Html(Path('page.html').read_text('utf-8'), Path())).data).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONHASHSEED": seed, "HOME": str(Path.home())},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(sums) == 1
    assert typeset(page).data == typeset(page).data


def test_saving_leaves_a_whole_file_or_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    Pdf(b"one").save(target)
    Pdf(b"two").save(target)
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


class TestBooks:
    """Text that is lost, or not in its place, is an error that names it."""

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ('<p>باق</p><p style="display: none">ضائع</p>', "not drawn: “ضائع”"),
            ('<p style="position: relative; left: -500pt">بعيد</p>', "outside the page: “بعيد”"),
            ('<p style="position: relative; top: -17pt">عال</p>', "outside the text area: “عال”"),
            ('<p>أول</p><p style="margin-top: -15pt">ثان</p>', "overlaps other text"),
        ],
    )  # fmt: skip
    def test_lost_and_misplaced_text(self, body: str, message: str) -> None:
        with pytest.raises(TypesettingError, match=message):
            typeset(html(body))

    def test_a_page_that_cannot_hold_its_text_says_by_how_much(self) -> None:
        with pytest.raises(TypesettingError) as raised:
            typeset(html('<p style="position: relative; top: 216pt">نص</p>'))
        assert re.fullmatch(r"the page cannot hold its text by \d+\.\d pt", raised.value.hint)

    def test_a_note_in_a_note_is_not_lost_in_silence(self) -> None:
        with pytest.raises(TypesettingError, match="في حاشية"):
            typeset(html(f"<p>نص{note(1, 'حاشية' + note(2, 'في حاشية'))}</p>"))

    def test_text_in_the_margin_on_purpose_is_no_fault(self) -> None:
        foot = '<p style="position: absolute; top: 225pt">ذيل</p>'
        assert typeset(html(f"<p>نص</p>{foot}")).findings == ()


def hunks(page: Path) -> Iterator[tuple[str, str]]:
    """Each change that a page's patch makes: the file, and the lines that it finds there."""
    patch = page.read_text("utf-8").partition("```diff\n")[2].partition("```")[0]
    for part in re.split("^--- a/", patch, flags=re.MULTILINE)[1:]:
        file, *changes = re.split(r"^@@.*@@.*\n", part, flags=re.MULTILINE)
        for change in changes:
            found = (line[1:] for line in change.splitlines() if not line.startswith("+"))
            yield file.splitlines()[0], "\n".join(found)


@pytest.mark.parametrize("repair", [*(repair.__name__.rpartition(".")[2] for repair in repairs.ALL), "pace"])
def test_each_repair_has_a_patch_that_fits_this_weasyprint(repair: str) -> None:
    root = Path(weasyprint.__file__).parent.parent
    found = list(hunks(ROOT / "docs" / "upstream" / f"{repair}.md"))
    assert found
    for file, lines in found:
        assert lines in (root / file).read_text("utf-8")


def test_no_process_is_started_to_find_libraries(tmp_path: Path) -> None:
    """`ctypes.util.find_library` asks the compiler; here it ends the program. The second run has a cache."""
    program = "import ctypes.util, sys\nctypes.util.find_library = sys.exit\nfrom masthead.typesetting import typeset"
    for _ in range(2):
        environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
        subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=300)
