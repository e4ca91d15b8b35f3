"""LibreOffice as a second judge of Word files: it accepts or rejects their tracked changes, and says their text.

It is a program of the system, Debian's `libreoffice-writer-nogui`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from programs import program

_BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Resolve(folder As String)
  Dim name As String, document As Object, helper As Object, hidden(0) As New com.sun.star.beans.PropertyValue
  Dim form(0) As New com.sun.star.beans.PropertyValue, none()
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  form(0).Name = "FilterName"
  form(0).Value = "OpenDocument Text Flat XML"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  name = Dir(folder &amp; "/*.docx")
  Do While name &lt;&gt; ""
    document = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/" &amp; name), "_blank", 0, hidden())
    If InStr(name, "accept-") = 1 Then
      helper.executeDispatch(document.CurrentController.Frame, ".uno:AcceptAllTrackedChanges", "", 0, none())
    ElseIf InStr(name, "reject-") = 1 Then
      helper.executeDispatch(document.CurrentController.Frame, ".uno:RejectAllTrackedChanges", "", 0, none())
    End If
    document.storeToURL(ConvertToURL(folder &amp; "/" &amp; name &amp; ".fodt"), form())
    document.close(True)
    name = Dir
  Loop
  StarDesktop.terminate()
End Sub
</script:module>
"""
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def texts(files: Mapping[str, bytes], timeout: float = 600) -> dict[str, list[str]]:
    """Return the paragraphs of Word files as LibreOffice reads them, by name, without empty ones.

    In those whose name begins with `accept-` or `reject-` all tracked changes are accepted or rejected first.
    """
    with TemporaryDirectory() as place:
        folder, profile = Path(place) / "files", Path(place) / "profile"
        folder.mkdir()
        for name, data in files.items():
            (folder / f"{name}.docx").write_bytes(data)
        command = [
            program("soffice", "libreoffice-writer-nogui"),
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{profile}",
        ]
        subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=timeout)
        (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(_BASIC, "utf-8")
        call = f'macro:///Standard.Module1.Resolve("{folder}")'
        subprocess.run([*command, call], check=True, capture_output=True, timeout=timeout)
        return {name: _paragraphs(folder / f"{name}.docx.fodt") for name in files}


def _paragraphs(path: Path) -> list[str]:
    root = etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()
    body = next(root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"))
    found = []
    for paragraph in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if any(each.tag == f"{_TEXT}tracked-changes" for each in paragraph.iterancestors()):
            continue
        if text := " ".join("".join(_own(paragraph)).split()):
            found.append(text)
    return found


def _own(element: etree._Element) -> list[str]:
    """Return the text of a paragraph without that of the paragraphs of notes in it."""
    found = [element.text or ""]
    for each in element:
        if each.tag in (f"{_TEXT}note-body", f"{_TEXT}note-citation"):
            pass
        elif each.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            found.append(" ")
        elif each.tag not in (f"{_TEXT}p", f"{_TEXT}h"):
            found += _own(each)
        found.append(each.tail or "")
    return found
