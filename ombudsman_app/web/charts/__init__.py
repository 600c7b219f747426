"""Geometry of pictures: numbers in, places out. No words, no colours; templates/components/charts.html draws.

Everything is a share of the picture's width or height from 0 to 100, so one shape serves a phone, a desk
and a page of a PDF. Each function takes what it needs to show nothing, one value or many.
"""

from .bars import Bar, bars
from .heat import Cell, Heat, HeatRow, heat
from .line import Line, Point, line
from .shape import ImpossibleChart
from .span import Flag, Marker, Segment, Span, Stretch, span
from .stacks import Piece, Stack, Stacks, stacks
from .track import Stop, stops

__all__ = [
    "Bar",
    "Cell",
    "Flag",
    "Heat",
    "HeatRow",
    "ImpossibleChart",
    "Line",
    "Marker",
    "Piece",
    "Point",
    "Segment",
    "Span",
    "Stack",
    "Stacks",
    "Stop",
    "Stretch",
    "bars",
    "heat",
    "line",
    "span",
    "stacks",
    "stops",
]
