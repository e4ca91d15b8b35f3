"""Transformations of a page (ISO 32000-1, 8.3.4)."""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def product(left: Matrix, right: Matrix) -> Matrix:
    """Return the transformation by `left`, then by `right`."""
    a, b, c, d, e, f = left
    k, m, n, p, r, s = right
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + r, e * m + f * p + s


def moved(matrix: Matrix, x: float) -> Matrix:
    """Return the transformation after a move by `x` to the right."""
    a, b, c, d, e, f = matrix
    return a, b, c, d, e + a * x, f + b * x
