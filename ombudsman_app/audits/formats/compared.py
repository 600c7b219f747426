"""How published results look beside each other: boxes to choose from, the picture of zones, sheets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.queries.comparison import Comparison
from ombudsman_app.audits.queries.overview import ZoneCount
from ombudsman_app.audits.queries.round_field import Cell, Column
from ombudsman_app.audits.queries.score_page import in_language
from ombudsman_app.directory.models import OfficeKind
from ombudsman_app.web.charts.shape import share
from ombudsman_app.web.formats import score

ZONES = ("green", "yellow", "red", "")
KINDS: dict[OfficeKind, Any] = {
    OfficeKind.HEAD_OFFICE: _l("Head office"),
    OfficeKind.REGIONAL_OFFICE: _l("Regional office"),
    OfficeKind.BRANCH: _l("Branch office"),
    OfficeKind.SMALL_BRANCH: _l("Small branch office"),
    OfficeKind.SERVICE_MALL: _l("Desk in a public service mall"),
    OfficeKind.COMMUNITY_AGENT: _l("Community agent"),
    OfficeKind.PROVINCE_GOVERNMENT: _l("Provincial government"),
    OfficeKind.REGENCY_GOVERNMENT: _l("Regency government"),
    OfficeKind.CITY_GOVERNMENT: _l("City government"),
    OfficeKind.LABOUR_OFFICE: _l("Labour office"),
    OfficeKind.OMBUDSMAN_HEAD_OFFICE: _l("Head office of the Ombudsman"),
    OfficeKind.REPRESENTATIVE: _l("Representative office of the Ombudsman"),
}


@dataclass(frozen=True)
class ZonePiece:
    """Offices of one zone in a bar: where it begins, how wide it is, of 100."""

    zone: str
    number: int
    x: float
    width: float


@dataclass(frozen=True)
class ZoneBar:
    """One province: its pieces from green to red, as wide as the most offices of any province."""

    code: str
    name: str
    number: int
    pieces: Sequence[ZonePiece]


def zone_bars(counts: Iterable[ZoneCount], kind: OfficeKind | None) -> list[ZoneBar]:
    """Return a bar per province; offices of several provinces come last."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(ZONES, 0))
    for one in counts:
        if kind is None or one.kind == kind:
            named = (one.province or "", one.province_code or "")
            found[named][one.zone or ""] += one.number
    longest = max((sum(zones.values()) for zones in found.values()), default=0)
    ordered = sorted(found.items(), key=lambda item: (not item[0][0], item[0]))
    return [
        ZoneBar(code, name, sum(zones.values()), _pieces(zones, longest)) for (name, code), zones in ordered
    ]


def _pieces(zones: dict[str, int], longest: int) -> list[ZonePiece]:
    pieces, x = [], 0.0
    for zone in ZONES:
        if number := zones[zone]:
            width = share(number, longest)
            pieces.append(ZonePiece(zone, number, round(x, 2), width))
            x += width
    return pieces


def kind_words(kind: OfficeKind) -> str:
    """Return what a kind of offices is called."""
    return str(KINDS[kind])


def column_regime(column: Column) -> str:
    """Say by which scheme and version the offices of a round were scored."""
    version, scheme = column.round.instrument_version, column.round.scheme
    title = in_language(str(scheme.content["title_id"]), str(scheme.content["title_en"]))
    return str(_("%(scheme)s, version %(number)s", scheme=title, number=version.number))


def rank_words(cell: Cell) -> str:
    """3, or 3= where others cannot be told apart from it."""
    return f"{cell.rank}=" if cell.shares else str(cell.rank)


def change_words(change: Decimal) -> str:
    """+1,25, with a true minus."""
    return f"+{score(change)}" if change > 0 else score(change).replace("-", "−")


def comparison_sheet(compared: Comparison) -> tuple[list[str], Iterator[list[str]]]:
    """Return head and rows of a sheet: each office with total, category, change and rank per round."""
    head = [_("Office"), _("Province")]
    words = (_("Total"), _("Category"), _("Change since the round before"), _("Rank"))
    for column in compared.columns:
        head += [f"{column.round.title}: {word}" for word in words]
    return head, (_row(row.name, row.province or "", row.cells) for row in compared.rows)


def _row(name: str, province: str, cells: Sequence[Cell | None]) -> list[str]:
    row = [name, province]
    for cell in cells:
        if cell is None:
            row += ["", "", "", ""]
        else:
            change = "" if cell.change is None else str(cell.change)
            row += [str(cell.total), cell.category or "", change, rank_words(cell)]
    return row


FILTERS = {
    "change_words": change_words,
    "column_regime": column_regime,
    "office_kind_word": kind_words,
    "rank_words": rank_words,
}
