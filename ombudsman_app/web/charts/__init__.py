"""Geometry of pictures: numbers in, places out. No words, no colours; templates/components/charts.html draws.

Everything is a share of the picture's width or height from 0 to 100, so one shape serves a phone, a desk
and a page of a PDF. Each function takes what it needs to show nothing, one value or many.

Which one for what, and the macro that draws it (all of them on /staff/design):

- bars, stacks, funnel: parts of a sum; `ranking`: areas by a percentage; `gaps`: persons that are missing;
  `changes`: two dates side by side; `dots`: many on one scale. area_bars.html, charts.html, stack_chart.html.
- `line` (one, whole numbers), `lines` (up to four, decimals, holes where nothing is known), `trend` (scores).
- `gauge`: a value and its target. gauge.html.
- Maps (area_map.html): `nation` puts 38 provinces on tiles, `tiles` the regencies of a province, `choropleth`
  draws true boundaries. All three take `Area`s and `Classes`:

      classes = Classes((Decimal(20), Decimal(40), Decimal(60), Decimal(80)), unit="%")
      areas = [Area("53", "Nusa Tenggara Timur", Decimal("33.73"), _("as of %(day)s", …), href), …]
      {{ tile_map(charts.nation(areas, classes), title, _('Province'), _('Coverage')) }}     page
      {{ tiles_picture(charts.nation(areas, classes), title, paper=true) }}                  PDF

On a page every chart brings its table (in <details>); a paper uses the `…_picture` with `paper=true`, which
has literal colours and no links, and sets `areas_table` or a table of its own into an annex.
"""

from .agreement import Agreement, Pair, PairRow, agreement
from .areas import Area, Classes, Key
from .bands import Band
from .bars import Bar, bars
from .changes import Change, ChangeRow, Changes, changes
from .choropleth import Choropleth, Outline, Shape, choropleth
from .costs import Cost, Costs, Loss, costs
from .dots import Dots, Pile, dots
from .funnel import Funnel, Stage, funnel
from .gaps import Counted, GapBar, Gaps, gaps
from .gauge import Gauge, gauge
from .heat import Cell, Heat, HeatRow, heat
from .line import Line, Point, line
from .lines import Course, Lines, Series, Spot, lines
from .ranking import Rank, Ranking, ranking
from .scale import Pointer, Scale, Zone, scale
from .shape import ImpossibleChart
from .span import Flag, Marker, Segment, Span, Stretch, span
from .stacks import Piece, Stack, Stacks, stacks
from .tiles import NATION, Tile, Tiles, nation, tiles
from .track import Stop, stops
from .trend import Dot, Leg, Run, Scored, Trend, trend
from .wheel import Dimension, Indicator, Slice, Spoke, Wheel, wheel

__all__ = [
    "NATION",
    "Agreement",
    "Area",
    "Band",
    "Bar",
    "Cell",
    "Change",
    "ChangeRow",
    "Changes",
    "Choropleth",
    "Classes",
    "Cost",
    "Costs",
    "Counted",
    "Course",
    "Dimension",
    "Dot",
    "Dots",
    "Flag",
    "Funnel",
    "GapBar",
    "Gaps",
    "Gauge",
    "Heat",
    "HeatRow",
    "ImpossibleChart",
    "Indicator",
    "Key",
    "Leg",
    "Line",
    "Lines",
    "Loss",
    "Marker",
    "Outline",
    "Pair",
    "PairRow",
    "Piece",
    "Pile",
    "Point",
    "Pointer",
    "Rank",
    "Ranking",
    "Run",
    "Scale",
    "Scored",
    "Segment",
    "Series",
    "Shape",
    "Slice",
    "Span",
    "Spoke",
    "Spot",
    "Stack",
    "Stacks",
    "Stage",
    "Stop",
    "Stretch",
    "Tile",
    "Tiles",
    "Trend",
    "Wheel",
    "Zone",
    "agreement",
    "bars",
    "changes",
    "choropleth",
    "costs",
    "dots",
    "funnel",
    "gaps",
    "gauge",
    "heat",
    "line",
    "lines",
    "nation",
    "ranking",
    "scale",
    "span",
    "stacks",
    "stops",
    "tiles",
    "trend",
    "wheel",
]
