"""How many signatures are made in an hour, of the levels B-B and B-LTA.

    python benchmarks/seals.py [COUNT]

The document is E/RES/2017/18 in Arabic. The authority for time stamps and the status of certificates is that of the
tests. It works in this process, so that its time is part of the figure for B-LTA.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from pathlib import Path

from masthead import press
from masthead.pdf import signatures
from masthead.publication import publish

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from authority import PASSPHRASE, authority  # noqa: E402


def main(count: int) -> None:
    pdf = publish(ROOT / "examples" / "E_RES_2017_18.ar.txt").pdf.data
    with tempfile.TemporaryDirectory() as folder, authority(Path(folder)) as section:
        lasting = press.Witness(section.stamps, (section.root,))
        for level, witness in (("B-B", None), ("B-LTA", lasting)):
            with press.unlocked(press.KeyFile(section.officer, PASSPHRASE)) as key:
                begun, used = time.perf_counter(), time.process_time()
                signed = [press.sign(pdf, key, witness=witness) for _ in range(count)]
                seconds, used = time.perf_counter() - begun, time.process_time() - used
            (found,) = signatures.verify(signed[-1])
            assert found.whole and found.level == level, found
            each = seconds / count
            print(
                f"{level:5}  {count} files: {each:.2f} s and {used / count:.2f} CPU s each, {3600 / each:,.0f} an hour"
            )


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    main(int(sys.argv[1]) if sys.argv[1:] else 50)
