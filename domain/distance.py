"""How far it is, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH_METRES = 6_371_000
"""The mean radius: off by half a percent at most, and nobody walks as a crow flies."""


def metres_between(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Metres along the surface between two points in degrees (WGS 84)."""
    up = radians(to_latitude - latitude) / 2
    across = radians(to_longitude - longitude) / 2
    chord = sin(up) ** 2 + cos(radians(latitude)) * cos(radians(to_latitude)) * sin(across) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(chord)))
