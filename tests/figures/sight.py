"""How colours look without one kind of cone, or in grey, and how far apart they are then. In: colours. Out: differences.

Dichromats: Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency, IEEE TVCG
15(6), 2009, the matrices of severity 1, over linear RGB. Difference: CIE 1976 L*a*b*, Euclidean; about 2.3 is just seen.
"""

import math
from collections.abc import Sequence

Matrix = tuple[tuple[float, float, float], ...]
GREY = "grey"
SIGHTS: dict[str, Matrix] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    GREY: ((0.2126, 0.7152, 0.0722),) * 3,
}
XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
"""Linear sRGB to CIE XYZ, D65 (IEC 61966-2-1)."""


def difference(one: str, other: str, sight: str) -> float:
    """Return how far two colours such as "#1b1f24" are apart for somebody who sees in this way."""
    return math.dist(_lab(_seen(one, sight)), _lab(_seen(other, sight)))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as "#1b1f24", 1 to 21. Source: WCAG 2.2, 2023, relative luminance."""
    darker, lighter = sorted(_seen(colour, GREY)[0] for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _seen(colour: str, sight: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return [min(1.0, max(0.0, value)) for value in _times(SIGHTS[sight], linear)]


def _lab(linear: Sequence[float]) -> tuple[float, float, float]:
    white = _times(XYZ, (1.0, 1.0, 1.0))
    x, y, z = (_root(value / most) for value, most in zip(_times(XYZ, linear), white, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
