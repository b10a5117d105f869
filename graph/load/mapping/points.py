"""Points. In: raw values. Out: latitude and longitude in degrees, or Wrong."""

import re
from collections.abc import Mapping
from typing import Any

from graph.load.mapping.cells import Style, Wrong, number_of, shown

NAMES = (("latitude", "longitude"), ("lat", "lon"), ("lat", "lng"), ("lat", "long"), ("y", "x"))
"""Names of the two numbers in objects, latitude first."""
WKT = re.compile(r"\s*(?:SRID=4326;)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*", re.IGNORECASE)


def point_of(latitude: Any, longitude: Any, style: Style) -> tuple[float, float]:
    """Return a point in degrees; raise Wrong if a number is none, or is out of range."""
    point = (float(number_of(latitude, style)), float(number_of(longitude, style)))
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise Wrong(
            f"{point[0]:g}, {point[1]:g} is not on the globe: latitude is from -90 to 90 and longitude from -180 to 180 degrees"
        )
    return point


def point_in(value: Any, style: Style) -> tuple[float, float]:
    """Return the point that one value holds: GeoJSON, an object with lat and lon, or POINT(lon lat)."""
    if isinstance(value, Mapping):
        place = value.get("coordinates")
        if value.get("type") == "Point" and isinstance(place, list) and len(place) >= 2:
            return point_of(place[1], place[0], style)
        folded = {str(key).lower(): each for key, each in value.items()}
        for first, second in NAMES:
            if first in folded and second in folded:
                return point_of(folded[first], folded[second], style)
        raise Wrong("is not a point; accepted are GeoJSON points and objects with lat and lon")
    if isinstance(value, str) and (match := WKT.fullmatch(value)):
        return point_of(match[2], match[1], Style())
    raise Wrong(
        f'{shown(value)} does not say which number is the latitude; write columns: [lat, lon], or split: "," if the '
        "latitude comes first, or POINT(lon lat) into the cell"
    )
