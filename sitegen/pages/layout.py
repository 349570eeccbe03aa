"""Things with ties between them -> places on a sheet: tied ones near one another, no two on top of each other.

Forces as in T. Fruchterman and E. Reingold, "Graph drawing by force-directed placement", Software: Practice and
Experience 21(11), 1991, with a pull to the middle that keeps unconnected parts together; then boxes that overlap are
pushed apart. Only sums, products and square roots in a fixed order, rounded at each step: the same on every machine.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 400
SPACING = 70.0
"""How far apart tied things come to lie, in the unit of the boxes."""
REACH = 260.0
"""What is farther apart than this does not push."""
WARMTH = 60.0
"""How far a thing may move in the first step."""
PULL = 0.22
FLATNESS = 0.62
"""Height of the sheet by its width, more or less."""
WIDTH = 860.0
"""Between the middles of the outermost things."""
GAP = 6.0
PUSHES = 400
DIGITS = 6
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def lay_out(
    boxes: Sequence[tuple[float, float]], ties: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """The middle of each box, counted from the top left corner, and the width and height of the whole.

    Args:
        boxes: the width and height of each thing with its name, the most important first.
        ties: between which things (their places in `boxes`).
    """
    if not boxes:
        return [], (0, 0)
    places = _start(len(boxes))
    if ties:
        places = _settle(places, np.asarray(ties, np.int64))
    sizes = np.asarray(boxes, np.float64).T
    places = _fit(places)
    places = _part(places, sizes + GAP)
    low = (places - sizes / 2).min(axis=1) - GAP
    high = (places + sizes / 2).max(axis=1) + GAP
    middles = np.rint(places - low[:, None]).astype(np.int64)
    width, height = np.ceil(high - low).astype(np.int64).tolist()
    return [(x, y) for x, y in middles.T.tolist()], (width, height)


def _start(count: int) -> Floats:
    """A spiral from the middle outwards, x in the first row and y in the second."""
    radii = [SPACING * math.sqrt(number + 0.5) * 0.6 for number in range(count)]
    turns = [number * GOLDEN_ANGLE for number in range(count)]
    rows = [
        [radius * math.cos(turn) for radius, turn in zip(radii, turns, strict=True)],
        [radius * math.sin(turn) for radius, turn in zip(radii, turns, strict=True)],
    ]
    return np.round(np.array(rows), DIGITS)


def _settle(places: Floats, ties: NDArray[np.int64]) -> Floats:
    """Where things come to rest between the ties that draw them together and the distance that they keep."""
    count = places.shape[1]
    for step in range(STEPS):
        apart = places[:, :, None] - places[:, None, :]
        squares = apart[0] * apart[0] + apart[1] * apart[1] + np.eye(count)
        pushing = np.where(squares < REACH * REACH, SPACING * SPACING / squares, 0.0)
        moves = np.add.reduce(apart * pushing, axis=2)
        along = places[:, ties[:, 1]] - places[:, ties[:, 0]]
        drawn = along * (np.sqrt(along[0] * along[0] + along[1] * along[1]) / SPACING)
        for axis in (0, 1):
            np.add.at(moves[axis], ties[:, 0], drawn[axis])
            np.add.at(moves[axis], ties[:, 1], -drawn[axis])
        moves[0] -= places[0] * (PULL * FLATNESS)
        moves[1] -= places[1] * (PULL / FLATNESS)
        lengths = np.sqrt(moves[0] * moves[0] + moves[1] * moves[1]) + 1e-9
        warmth = WARMTH * (1 - step / STEPS)
        places = np.round(places + moves * (np.minimum(lengths, warmth) / lengths), DIGITS)
    return places


def _fit(places: Floats) -> Floats:
    """The places, drawn together from left to right when they would reach farther than a page is wide."""
    reach = float(places[0].max() - places[0].min())
    places[0] *= min(1.0, WIDTH / max(reach, 1.0))
    return np.round(places, DIGITS)


def _part(places: Floats, sizes: Floats) -> Floats:
    """The places, with boxes that overlap pushed apart along the axis on which that is less to do."""
    needed = (sizes[:, :, None] + sizes[:, None, :]) / 2
    upper = np.triu(np.ones(needed.shape[1:], bool), 1)
    for _ in range(PUSHES):
        apart = places[:, :, None] - places[:, None, :]
        over = needed - np.abs(apart)
        ones, others = np.nonzero((over[0] > 0) & (over[1] > 0) & upper)
        if not len(ones):
            break
        axes = (over[1][ones, others] < over[0][ones, others]).astype(np.int64)
        by = (over[axes, ones, others] / 2 + 0.5) * np.where(apart[axes, ones, others] < 0, -1, 1)
        places = places.copy()
        np.add.at(places, (axes, ones), by / 2)
        np.add.at(places, (axes, others), -by / 2)
        places = np.round(places, DIGITS)
    return places
