"""Does every archive file keep the standards that it claims? veraPDF over generated documents.

    python benchmarks/standards.py [COUNT]     120 unless another number is given

Prints each document that fails, with the clauses, and how many are clean; fails unless all are.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from claims import claims
from masthead.preflight import verapdf


def main(count: int) -> None:
    clean = 0
    for name, pdf, flavours in claims(count):
        failures = [
            f"{verdict.flavour} {failure.clause}: {failure.message}"
            for verdict in verapdf.validate(pdf, flavours)
            for failure in verdict.failures
        ]
        clean += not failures
        for failure in failures:
            print(f"{name}: {failure}", flush=True)
    print(f"{clean} of {count} documents are clean")
    sys.exit(clean != count)


if __name__ == "__main__":
    main(int((*sys.argv, "120")[1]))
