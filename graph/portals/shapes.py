"""Geometries of portals. In: Esri's JSON or GeoJSON. Out: GeoJSON; a point has `lon` and `lat` beside, in degrees (WGS 84)."""

from typing import Any

PAIR = 2


def esri_geometry(given: Any) -> dict[str, Any] | None:
    """Turn a geometry of Esri into GeoJSON; None if there is none."""
    if not isinstance(given, dict):
        return None
    if _is_number(given.get("x")) and _is_number(given.get("y")):
        return {"type": "Point", "coordinates": [given["x"], given["y"]], "lon": given["x"], "lat": given["y"]}
    for name, kind in (("points", "MultiPoint"), ("paths", "MultiLineString"), ("rings", "Polygon")):
        if isinstance(given.get(name), list):
            return {"type": kind, "coordinates": given[name]}
    return None


def geo_json(given: Any) -> dict[str, Any] | None:
    """Return a GeoJSON geometry, with `lon` and `lat` if it is a point; None if there is none."""
    if not isinstance(given, dict) or "type" not in given:
        return None
    at = given.get("coordinates")
    if given["type"] == "Point" and isinstance(at, list) and len(at) >= PAIR and all(map(_is_number, at[:PAIR])):
        return {**given, "lon": at[0], "lat": at[1]}
    return dict(given)


def _is_number(value: Any) -> bool:
    """Whether a value is a number; empty points of Esri have "NaN"."""
    return not isinstance(value, bool | str) and value is not None and not isinstance(value, list | dict)
