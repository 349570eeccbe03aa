"""Places -> where they lie on a map of the world, as far as the coordinates that come with the package tell.

The map is drawn in degrees, north above, with the scale right in the middle of what it shows (an equirectangular
projection whose standard parallel is that of the middle).
"""

import gzip
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sitegen.model import Term, TermKind
from sitegen.pages.views import Counted

COORDINATES_FILE = Path(__file__).parents[1] / "data" / "coordinates.tsv.gz"

SHOWN = {"city": 30.0, "state": 60.0}
"""How many degrees from west to east the map of one place shows, by its kind."""
LEAST_SHOWN = 40.0
MARGIN = 4.0
"""Degrees around the places of a map of many."""
RATIO = 0.5
"""Height of a map of one place, by its width."""
STEEPEST = 75.0
"""The parallel beyond which a map is drawn as if it lay there: further on it would be a line."""
MOST_POINTS = 300
LARGEST, SMALLEST = 0.016, 0.0055
"""Radius of a point, by the width of the map."""
LABEL_HEIGHT, LABEL_WIDTH = 0.022, 0.0095
"""Of a line of text and of one of its letters, by the width of the map."""
MOST_LABELS = 30


class Position(NamedTuple):
    """Degrees north and east, of a "city" or of the middle of a "state"."""

    latitude: float
    longitude: float
    kind: str


class Point(NamedTuple):
    """A place on a map, in units of the map: its middle and radius, and what leads to it.

    Attributes:
        label: its name, where there is room for it; on the left of a point when `is_left`.
    """

    x: int
    y: int
    radius: int
    place: Counted
    label: str
    is_left: bool


class Map(NamedTuple):
    """A part of the world.

    Attributes:
        x, y, width, height: of the part that is seen, in hundredths of degrees along the standard parallel.
        world: half of the width of the whole world in the same unit.
        position: of the place, on the map of a single one.
    """

    x: int
    y: int
    width: int
    height: int
    world: int
    points: tuple[Point, ...]
    position: Position | None


@cache
def load_coordinates() -> Mapping[str, Position]:
    """Where places lie, by their ids."""
    rows = (line.split("\t") for line in gzip.decompress(COORDINATES_FILE.read_bytes()).decode().splitlines())
    return MappingProxyType({key: Position(float(lat), float(lon), kind) for key, lat, lon, kind in rows})


def find_position(term: Term) -> Position | None:
    """Where a place lies, or None where that is not known."""
    return load_coordinates().get(term.id) if term.kind is TermKind.PLACE else None


def map_of_place(term: Term, place: Counted) -> Map | None:
    """The surroundings of one place."""
    position = find_position(term)
    if position is None:
        return None
    scale, width = _scale(position.latitude), SHOWN[position.kind]
    x, y = position.longitude * scale, -position.latitude
    left, top = x - width / 2, y - width * RATIO / 2
    point = Point(_unit(x), _unit(y), _unit(width * LARGEST), place, "", is_left=False)
    return Map(_unit(left), _unit(top), _unit(width), _unit(width * RATIO), _unit(180 * scale), (point,), position)


def map_of_places(terms: Iterable[tuple[Term, Counted]]) -> Map | None:
    """All places of which it is known where they lie, the MOST_POINTS with most articles; None where there is none."""
    ordered = sorted(terms, key=lambda pair: (-pair[1].count, pair[0].id))
    found = [(position, place) for term, place in ordered if (position := find_position(term))][:MOST_POINTS]
    if not found:
        return None
    west, east = _stretch([position.longitude for position, _ in found], LEAST_SHOWN)
    south, north = _stretch([position.latitude for position, _ in found], LEAST_SHOWN * RATIO)
    scale = _scale((south + north) / 2)
    width = (east - west) * scale
    points = tuple(_label(list(_points(found, scale, width)), _unit(width), _unit(east * scale)))
    return Map(_unit(west * scale), _unit(-north), _unit(width), _unit(north - south), _unit(180 * scale), points, None)


def _scale(latitude: float) -> float:
    return math.cos(math.radians(min(abs(latitude), STEEPEST)))


def _unit(degrees: float) -> int:
    return round(degrees * 100)


def _stretch(values: Sequence[float], least: float) -> tuple[float, float]:
    """From where to where a map reaches that holds all the values, `least` degrees at least."""
    middle, half = (min(values) + max(values)) / 2, max(least, max(values) - min(values)) / 2 + MARGIN
    return middle - half, middle + half


def _points(found: Sequence[tuple[Position, Counted]], scale: float, width: float) -> Iterator[Point]:
    most = found[0][1].count
    for position, place in found:
        radius = width * max(SMALLEST, LARGEST * math.sqrt(place.count / most))
        x, y = position.longitude * scale, -position.latitude
        yield Point(_unit(x), _unit(y), _unit(radius), place, "", is_left=False)


def _label(points: Sequence[Point], width: int, east: int) -> Iterator[Point]:
    """The points, with names at those of the largest beside which there is room."""
    taken = [(p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius) for p in points[: MOST_LABELS * 2]]
    for number, point in enumerate(points):
        box = next(_free_boxes(point, taken, width, east), None) if number < MOST_LABELS else None
        if box is None:
            yield point
            continue
        taken.append(box)
        yield point._replace(label=point.place.name, is_left=box[0] < point.x)


def _free_boxes(
    point: Point, taken: Sequence[tuple[int, int, int, int]], width: int, east: int
) -> Iterator[tuple[int, int, int, int]]:
    """Where the name of a point would cover nothing: to its right, or to its left."""
    length, half = round(len(point.place.name) * LABEL_WIDTH * width), round(LABEL_HEIGHT * width / 2)
    start, end = point.x + point.radius + 1, point.x - point.radius - 1
    for left, right in ((start, start + length), (end - length, end)):
        box = (left, point.y - half, right, point.y + half)
        inside = east - width <= left and right <= east
        if inside and not any(a < right and c > left and b < box[3] and d > box[1] for a, b, c, d in taken):
            yield box
