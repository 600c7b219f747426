"""What the page of components shows of areas: invented figures of real places, the edges of pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from ombudsman_app.home.samples import LONG_WORD
from ombudsman_app.web import charts
from ombudsman_app.web.charts import Area, Change, Classes, Counted, Outline, Series

CLASSES = Classes((Decimal(20), Decimal(40), Decimal(60), Decimal(80)), unit="%")
_TWO = Classes((Decimal(50),), unit="%")
_TOP = Decimal(100)
_LINK = "#maps"
_SILENT = ("92", "94", "95")
_REGENCIES = (
    ("53.01", "Kabupaten Kupang", "31.2"),
    ("53.02", "Kabupaten Timor Tengah Selatan", "12.48"),
    ("53.04", "Kabupaten Belu", "90"),
    ("53.09", "Kabupaten Ngada", None),
    ("53.15", "Kabupaten Manggarai Barat", "34"),
    ("53.21", "Kabupaten Malaka", "3"),
    ("53.71", "Kota Kupang", "72.05"),
)
# Invented islands: a land with a lake, its neighbours with one border between them, a speck.
_OUTLINES = (
    Outline("53.01", "M0 0h300v260h-300zm120 90v80h80v-80z", (0, 0, 300, 260), (60, 130), 58),
    Outline("53.02", "M300 0h260l40 120-100 140h-200z", (300, 0, 600, 260), (420, 120), 116),
    Outline("53.04", "M600 120l150-90 60 160-130 90-180-20z", (500, 30, 810, 280), (680, 170), 74),
    Outline("53.09", "M20 320h260v120h-260zm300 20h60v60h-60z", (20, 320, 380, 440), (150, 380), 60),
    Outline("53.15", "M420 330l120-20 90 60-60 90-150-30z", (420, 310, 630, 460), (510, 385), 62),
    Outline("53.21", "M720 400h6v6h-6z", (720, 400, 726, 406), (723, 403), 3),
    Outline("53.71", "M830 300h70l20 90-90 40z", (830, 300, 920, 430), (872, 360), 40),
)


@dataclass(frozen=True)
class MapPictures:
    """Maps, rankings, gaps, changes, lines, gauges: nothing, the edges, many."""

    nation: charts.Tiles
    silent: charts.Tiles
    two: charts.Tiles
    regencies: charts.Tiles
    no_regencies: charts.Tiles
    shapes: charts.Choropleth | None
    no_shapes: charts.Choropleth | None
    ranking: charts.Ranking
    no_ranking: charts.Ranking
    gaps: charts.Gaps
    no_gaps: charts.Gaps
    changes: charts.Changes
    no_changes: charts.Changes
    lines: charts.Lines | None
    one_line: charts.Lines | None
    no_lines: charts.Lines | None
    gauge: charts.Gauge
    reached: charts.Gauge
    empty: charts.Gauge


def map_pictures() -> MapPictures:
    """Return pictures of invented numbers."""
    provinces, regencies = _provinces(), _regencies()
    return MapPictures(
        nation=charts.nation(provinces, CLASSES),
        silent=charts.nation([Area(one.code, one.name) for one in provinces], CLASSES),
        two=charts.nation([Area(one.code, one.name, one.value, one.told) for one in provinces], _TWO),
        regencies=charts.tiles(regencies, CLASSES),
        no_regencies=charts.tiles([], CLASSES),
        shapes=charts.choropleth(_OUTLINES, regencies, CLASSES),
        no_shapes=charts.choropleth([], regencies, CLASSES),
        ranking=charts.ranking(regencies, target=Decimal(50)),
        no_ranking=charts.ranking([]),
        gaps=_gaps(),
        no_gaps=charts.gaps([]),
        changes=_changes(),
        no_changes=charts.changes([]),
        lines=_lines(3),
        one_line=_lines(1),
        no_lines=charts.lines([], []),
        gauge=charts.gauge(Decimal("33.73"), Decimal(50)),
        reached=charts.gauge(Decimal("104.2"), _TOP),
        empty=charts.gauge(None, Decimal(50)),
    )


def _told() -> str:
    return str(_("as of %(day)s", day="28 Apr 2025"))


def _provinces() -> list[Area]:
    names = {"53": "Nusa Tenggara Timur", "31": "DKI Jakarta", "34": "DI Yogyakarta"}
    found = []
    for place, (code, (_column, _row, short, _letters)) in enumerate(charts.NATION.items()):
        value = None if code in _SILENT else Decimal(place * 37 % 100) + Decimal("0.73")
        told = "" if value is None else _told()
        found.append(Area(code, names.get(code, short), value, told, _LINK))
    return found


def _regencies() -> list[Area]:
    told = _told()
    return [
        Area(code, name, None if value is None else Decimal(value), told if value else "", _LINK)
        for code, name, value in _REGENCIES
    ]


def _gaps() -> charts.Gaps:
    return charts.gaps(
        [
            Counted("Nusa Tenggara Barat", 555_276, 1_808_432, _told(), _LINK),
            Counted("Kota Kupang", 61_200, 84_900),
            Counted(LONG_WORD, 12_000, 9_500),
            Counted("Ngada", None, 71_000),
        ]
    )


def _changes() -> charts.Changes:
    return charts.changes(
        [
            Change("Manggarai Barat", Decimal(34), Decimal("41.7"), _LINK),
            Change("Kaur", Decimal("75.2"), Decimal("71.0")),
            Change("Lebong", Decimal(17), Decimal(17)),
            Change("Belu", None, Decimal(90)),
        ]
    )


def _lines(number: int) -> charts.Lines | None:
    moments = [f"{month}/25" for month in ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep")]
    given: Sequence[tuple[str, Sequence[str | None]]] = (
        ("NTT", ("33.73", "33.9", "34.2", "35", None, "35.8", "36.4", "36.9", "37.15")),
        ("NTB", ("28.1", "28.4", "29", "29.6", "30.1", "30.7", None, None, None)),
        ("Nasional", ("39", "39.2", "39.1", "39.6", "39.9", "40", "40.1", "40.2", "40.4")),
    )
    chosen = [
        Series(label, [None if value is None else Decimal(value) for value in values])
        for label, values in given[:number]
    ]
    return charts.lines(moments, chosen)
