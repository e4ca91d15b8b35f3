"""Only the families of the table are ever used, in the versions it lists."""

import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from masthead.document.errors import TypesettingError
from masthead.typesetting import fonts
from masthead.typesetting.fonts import Fonts

STYLES = {"regular", "italic", "bold", "bold-italic"}

# Lists what fontconfig has under the configuration named by the environment, asked through the library Pango asks.
LISTING = """
from weasyprint.text.ffi import ffi, fontconfig
from weasyprint.text.fonts import FontConfiguration
configuration = FontConfiguration()
found = fontconfig.FcConfigGetFonts(configuration._config, fontconfig.FcSetSystem)
for i in range(found.nfont):
    name = ffi.new("FcChar8 **")
    fontconfig.FcPatternGetString(found.fonts[i], b"family", 0, name)
    print(ffi.string(name[0]).decode())
"""

# Sets a word in a family and tells which family Pango took.
SETTING = """
import io, pypdf, weasyprint
html = weasyprint.HTML(string="<title>a</title><p style='font-family: Sons'>word")
page = pypdf.PdfReader(io.BytesIO(html.write_pdf())).pages[0]
for font in page["/Resources"]["/Font"].values():
    print(font["/BaseFont"].partition("+")[2])
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def a_table(folder: Path, text: str) -> Path:
    table = folder / "families.toml"
    table.write_text(text, "utf-8")
    return table


def a_copy(folder: Path, family: str) -> Path:
    """A folder of the user's that holds the faces of one family."""
    folder.mkdir()
    for face in fonts.load().faces:
        if face.family == family:
            shutil.copy(face.path, folder)
    return folder


def printed_by(loaded: Fonts, script: str) -> list[str]:
    """The lines that `script` prints in a new process that sees `loaded` alone."""
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"FONTCONFIG_FILE": str(loaded.fontconfig)},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.splitlines()


def test_every_family_of_the_table_is_found_whole_and_known() -> None:
    loaded = fonts.load()
    found = {(face.family, face.style) for face in loaded.faces}
    assert found >= {(family, style) for family in ("Amiri", "Liberation Serif") for style in STYLES}
    assert {family for family, _ in found} == {family.name for family in fonts.read()}
    assert loaded.unchecked == ()


def test_pango_sees_these_faces_and_nothing_of_the_system() -> None:
    loaded = fonts.load()
    assert sorted(printed_by(loaded, LISTING)) == sorted(face.face for face in loaded.faces)


def test_the_configuration_is_an_absolute_path_in_the_users_cache(cache: Path) -> None:
    loaded = fonts.load()
    assert loaded.fontconfig.is_absolute()
    assert loaded.fontconfig.is_relative_to(cache)


def test_loading_again_writes_nothing() -> None:
    first = fonts.load()
    written = first.fontconfig.stat().st_mtime_ns
    second = fonts.load()
    assert second == first
    assert second.fontconfig.stat().st_mtime_ns == written


def test_many_loads_at_once_leave_one_whole_configuration(cache: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        paths = set(pool.map(lambda _: fonts.load().fontconfig, range(64)))
    assert len(paths) == 1
    assert [path.name for path in (cache / "masthead" / "fontconfig").iterdir()] == [paths.pop().parent.name]


def test_a_cache_that_cannot_be_written_is_replaced_by_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    loaded = fonts.load()
    assert not loaded.fontconfig.is_relative_to(blocked)
    assert len(printed_by(loaded, LISTING)) == len(loaded.faces)


def test_fonts_travel_to_other_processes() -> None:
    loaded = fonts.load()
    assert pickle.loads(pickle.dumps(loaded)) == loaded


def test_a_family_that_is_not_installed_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    table = a_table(
        tmp_path,
        """
        [[families]]
        name = "Nowhere Serif"
        role = "Chinese serif"
        licence = "OFL-1.1"
        obtain = "pip install nowhere"
        [[families.sources]]
        face = "Nowhere Serif"
        package = "no_such_package_of_fonts"
        files.regular = { file = "Nowhere.otf", sha256 = [] }
        """,
    )
    with pytest.raises(TypesettingError, match="Nowhere Serif") as error:
        fonts.load(table)
    assert error.value.hint == "pip install nowhere"


def test_another_version_at_the_usual_place_is_refused(tmp_path: Path) -> None:
    folder = a_copy(tmp_path / "mine", "Amiri")
    table = a_table(
        tmp_path,
        f"""
        [[families]]
        name = "Amiri"
        role = "Arabic naskh"
        licence = "OFL-1.1"
        obtain = "pip install fontpkg-amiri"
        [[families.sources]]
        face = "Amiri"
        folders = ["{folder}"]
        files.regular = {{ file = "Amiri-Regular.ttf", sha256 = ["{"0" * 64}"] }}
        """,
    )
    with pytest.raises(TypesettingError, match="is not one of the tested versions"):
        fonts.load(table)


def test_a_users_folder_is_looked_in_first_and_its_files_are_checked(tmp_path: Path) -> None:
    folder = a_copy(tmp_path / "mine", "Amiri")
    loaded = fonts.load(folder=folder)
    assert {face.path.parent for face in loaded.faces if face.family == "Amiri"} == {folder}
    assert loaded.unchecked == ()


def test_an_unlisted_version_in_a_users_folder_is_used_and_told(tmp_path: Path) -> None:
    folder = a_copy(tmp_path / "mine", "Amiri")
    with (folder / "Amiri-Bold.ttf").open("ab") as file:
        file.write(b"\0")
    loaded = fonts.load(folder=folder)
    assert [(face.family, face.style) for face in loaded.unchecked] == [("Amiri", "bold")]
    assert loaded.fontconfig != fonts.load().fontconfig


@pytest.mark.parametrize("content", [b"", b"not a font", None])
def test_a_file_that_is_no_face_of_the_family_is_refused(tmp_path: Path, content: bytes | None) -> None:
    folder = a_copy(tmp_path / "mine", "Amiri")
    serif = next(face for face in fonts.load().faces if face.family == "Liberation Serif")
    (folder / "Amiri-Bold.ttf").write_bytes(serif.path.read_bytes() if content is None else content)
    with pytest.raises(TypesettingError, match="not Amiri"):
        fonts.load(folder=folder)


def test_a_users_folder_with_half_a_family_is_refused(tmp_path: Path) -> None:
    folder = a_copy(tmp_path / "mine", "Amiri")
    (folder / "Amiri-Italic.ttf").unlink()
    with pytest.raises(TypesettingError, match=r"incomplete: Amiri-Italic\.ttf missing"):
        fonts.load(folder=folder)


def test_a_users_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="no such font folder"):
        fonts.load(folder=tmp_path / "nowhere")


def test_a_metric_twin_answers_to_the_name_that_style_sheets_use(tmp_path: Path) -> None:
    """A face named otherwise than its family is set where the family is asked for, though another fits better."""
    folder = a_copy(tmp_path / "mine", "Amiri")
    shutil.copy(next(face.path for face in fonts.load().faces if face.path.stem == "LiberationSerif-Regular"), folder)
    entry = """
        [[families]]
        name = "{name}"
        role = "serif"
        licence = "OFL-1.1"
        obtain = "apt install fonts"
        [[families.sources]]
        face = "{face}"
        files.{style} = {{ file = "{file}", sha256 = [] }}
    """
    table = a_table(
        tmp_path,
        entry.format(name="Sons", face="Amiri", style="bold", file="Amiri-Bold.ttf")
        + entry.format(
            name="Liberation Serif", face="Liberation Serif", style="regular", file="LiberationSerif-Regular.ttf"
        ),
    )
    assert printed_by(fonts.load(table, folder=folder), SETTING) == ["Amiri-Bold"]


@pytest.mark.parametrize(
    "text",
    ["[[families", "", "families = 3", "[[families]]\nname = 'A'", "[[families]]\nname = 'A'\nsources = [{}]"],
)
def test_a_table_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    table = a_table(tmp_path, text)
    with pytest.raises(TypesettingError, match="the table of fonts cannot be read") as raised:
        fonts.read(table)
    assert raised.value.where == str(table)
    assert raised.value.hint == "fonts/families.toml of Masthead explains each entry"


def test_characters_that_no_font_has_are_known_and_controls_need_none() -> None:
    assert fonts.undrawable("a\u0628\u6c34 \n\u200f") == frozenset()
    assert fonts.undrawable("a\U00010348\u0628") == {"\U00010348"}
