"""Colour arithmetic for the token law: WCAG contrast, Machado's simulation, distance in OKLab."""

import re
from itertools import combinations

PAIR = re.compile(
    r"--([\w-]+):\s*(?:light-dark\((#[0-9A-F]{6}),\s*(#[0-9A-F]{6})\)|(#[0-9A-F]{6}))\s*;"
)
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIMULATED = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Vector = tuple[float, float, float]
Tokens = dict[str, tuple[str, str]]


def tokens(css: str) -> Tokens:
    """Every colour token as (light, dark)."""
    return {m[1]: (m[2] or m[4], m[3] or m[4]) for m in PAIR.finditer(css)}


def linear(colour: str) -> Vector:
    """Linear RGB of a hexadecimal colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _times(matrix: tuple[Vector, Vector, Vector], vector: Vector) -> Vector:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def simulate(colour: str, kind: str) -> Vector:
    """Linear RGB as somebody with that colour vision sees it."""
    red, green, blue = (min(1.0, max(0.0, c)) for c in _times(SIMULATED[kind], linear(colour)))
    return red, green, blue


def oklab(rgb: Vector) -> Vector:
    """OKLab of linear RGB."""
    lms = _times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        rgb,
    )
    long, middle, short = (c ** (1 / 3) for c in lms)
    return _times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        (long, middle, short),
    )


def nearest(colours: list[str]) -> float:
    """The least OKLab distance times 100 of any two, over the three simulated visions."""
    return min(
        100 * sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        for kind in SIMULATED
        for a, b in combinations([oklab(simulate(c, kind)) for c in colours], 2)
    )
