"""Pages are the same with an empty, a full and a damaged cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from paths import TOUCHSTONE


def test_pages_are_the_same_whatever_is_kept(tmp_path: Path) -> None:
    code = "\n".join(
        [
            "import sys",
            "from pathlib import Path",
            "from masthead import publication",
            f"print(publication.publish(Path({str(TOUCHSTONE)!r})).pdf.data.hex())",
            "print('pycparser' in sys.modules, 'fontTools.subset' in sys.modules)",
        ]
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}

    def publish() -> tuple[str, str]:
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        pdf, modules = done.stdout.splitlines()
        return pdf, modules

    first, parsed = publish()
    assert parsed == "True False"
    assert publish() == (first, "False False")
    (declared,) = (tmp_path / "masthead" / "declarations").iterdir()
    declared.write_bytes(declared.read_bytes()[:-1])
    assert publish() == (first, "True False")
    assert publish() == (first, "False False")
