"""Geometry of pictures: numbers in, places out. No words, no colours; templates/components/charts.html draws.

Everything is a share of the picture's width or height from 0 to 100, so one shape serves a phone, a desk
and a page of a PDF. Each function takes what it needs to show nothing, one value or many.
"""

from .agreement import Agreement, Pair, PairRow, agreement
from .bands import Band
from .bars import Bar, bars
from .costs import Cost, Costs, Loss, costs
from .dots import Dots, Pile, dots
from .funnel import Funnel, Stage, funnel
from .heat import Cell, Heat, HeatRow, heat
from .line import Line, Point, line
from .scale import Pointer, Scale, Zone, scale
from .shape import ImpossibleChart
from .span import Flag, Marker, Segment, Span, Stretch, span
from .stacks import Piece, Stack, Stacks, stacks
from .track import Stop, stops
from .trend import Dot, Leg, Run, Scored, Trend, trend
from .wheel import Dimension, Indicator, Slice, Spoke, Wheel, wheel

__all__ = [
    "Agreement",
    "Band",
    "Bar",
    "Cell",
    "Cost",
    "Costs",
    "Dimension",
    "Dot",
    "Dots",
    "Flag",
    "Funnel",
    "Heat",
    "HeatRow",
    "ImpossibleChart",
    "Indicator",
    "Leg",
    "Line",
    "Loss",
    "Marker",
    "Pair",
    "PairRow",
    "Piece",
    "Pile",
    "Point",
    "Pointer",
    "Run",
    "Scale",
    "Scored",
    "Segment",
    "Slice",
    "Span",
    "Spoke",
    "Stack",
    "Stacks",
    "Stage",
    "Stop",
    "Stretch",
    "Trend",
    "Wheel",
    "Zone",
    "agreement",
    "bars",
    "costs",
    "dots",
    "funnel",
    "heat",
    "line",
    "scale",
    "span",
    "stacks",
    "stops",
    "trend",
    "wheel",
]
