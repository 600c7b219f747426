"""What stands on a sheet of figures: pictures of one selection, and where each number on it comes from.

The sheet is a print of what everybody can read at its address: it has no number and no signature, since it
proves nothing that the page does not show. In their place it bears the day on which it was made, the address,
and the stamp of the figures, by which two prints of one selection are told apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask_babel import gettext as _
from markupsafe import Markup

from ombudsman_app.core.policy import HEAD_OFFICE_ZONE
from ombudsman_app.directory.models import OfficeKind
from ombudsman_app.documents.paper import Paper, contacts_of, place_of
from ombudsman_app.web import charts
from ombudsman_app.web.formats import local_day
from ombudsman_app.web.qr import qr_drawing

from . import queries
from .checks import BOUNDS
from .drawn import Drawn, drawn_nation, drawn_place
from .measure_codes import measure_from
from .models import CoverageFigure, CoverageSheet, CoverageSource
from .queries import PlaceLine, Shown
from .queries.sheets import figures_with_sources, office_of_place
from .states import DEFINITIONS, NATION_CODE, DefinitionRule, Flag, Level

_NAMED_MOST = 8  # figures of one note
_TOLD_BY_THE_DAY = (Flag.APPROXIMATE, Flag.UNDATED)


@dataclass(frozen=True)
class NamedSource:
    """One source by the number under which the sheet names it, and who spoke in it of what."""

    number: int
    source: CoverageSource
    figures: int


@dataclass(frozen=True)
class Noted:
    """What is to be known beside numbers of the sheet: figures of one source of which the same is said."""

    number: int  # of the source
    flags: tuple[str, ...]
    words: tuple[str, ...]
    unit: str
    speaker: str
    figures: list[CoverageFigure]

    @property
    def is_of_many(self) -> bool:
        """Whether naming each figure would hide what is said of them."""
        return len(self.figures) > _NAMED_MOST

    @property
    def has_one_day(self) -> bool:
        """Whether they are all of one day, which is then said once."""
        return len({one.as_of for one in self.figures}) == 1


@dataclass(frozen=True)
class Around:
    """Where a regency stands among those of its province: a ranking in which it is marked."""

    drawn: Drawn
    place: int | None  # None: it has no figure
    of: int


@dataclass(frozen=True)
class SheetContent:
    """All that the template shows. `numbers`: by the id of a figure, the number of its source.

    `summed`: numbers of the sources of what was added up. `silent`: names of places of which nobody spoke;
    `stale`: of those that spoke too long ago.
    """

    sheet: CoverageSheet
    drawn: Drawn
    around: Around | None
    name: str
    rule: DefinitionRule
    ranked: Sequence[PlaceLine]
    silent: Sequence[str]
    stale: Sequence[str]
    sources: Sequence[NamedSource]
    numbers: dict[int, int]
    summed: Sequence[int]
    noted: Sequence[Noted]
    paper: Paper
    address: str
    made_at: datetime
    zone: str

    @property
    def short_address(self) -> str:
        """Return the address as one types it, without scheme."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    @property
    def has_approximate(self) -> bool:
        """Whether a day on the sheet is that of a source."""
        shown = [*self.drawn.figures, *(line.shown for line in self.ranked if line.shown)]
        return any(Flag.APPROXIMATE in one.flags for one in shown)

    @property
    def silent_after_months(self) -> int:
        return BOUNDS.silent_after_months

    @property
    def qr(self) -> Markup:
        return qr_drawing(self.address)


def content_of(sheet: CoverageSheet, *, made_at: datetime, public_url: str, is_demo: bool) -> SheetContent:
    """Gather a sheet as the figures stand now. Raises NotVisible if the place is gone. ≤ 17 statements."""
    measure = measure_from(sheet.measure, ())
    place = None if sheet.place_code == NATION_CODE else queries.place_of(sheet.place_code)
    drawn = (
        drawn_place(place, measure, sheet.as_of, _no_link)
        if place
        else drawn_nation(measure, sheet.as_of, _no_link)
    )
    drawn = _until(drawn, sheet)
    around = _around(drawn, sheet)
    area = around.drawn if around else drawn
    summed = _summed(area, sheet)
    rows = figures_with_sources(_ids([*drawn.figures, *(line.shown for line in area.lines), *summed]))
    named, numbers = _numbered(rows)
    told = _ids([*drawn.figures, *(line.shown for line in area.lines)])
    paper, zone = _paper(sheet, public_url=public_url, is_demo=is_demo)
    return SheetContent(
        sheet,
        drawn,
        around,
        drawn.name,
        DEFINITIONS[measure.definition],
        sorted((line for line in area.lines if line.shown), key=lambda line: line.rank_key),
        [_short(line) for line in area.lines if line.shown is None],
        [_short(line) for line in area.lines if line.shown is not None and line.is_silent],
        named,
        numbers,
        sorted({numbers[one.id] for one in summed if one.id in numbers}),
        _noted([row for row in rows if row.id in told], numbers),
        replace(paper, issued_on=local_day(made_at, zone)),
        _address(sheet, public_url),
        made_at,
        zone,
    )


def _no_link(_line: PlaceLine) -> str:
    return ""


def _until(drawn: Drawn, sheet: CoverageSheet) -> Drawn:
    """Leave out what was said of days after that of the sheet; what bears no day stays, and is marked."""
    if sheet.as_of is None:
        return drawn
    until = [one for one in drawn.figures if one.as_of is None or one.as_of <= sheet.as_of]
    return drawn.with_figures(until)


def _around(drawn: Drawn, sheet: CoverageSheet) -> Around | None:
    """Draw the province of a regency, to show where it stands in it."""
    place = drawn.place
    if place is None or place.level is Level.PROVINCE:
        return None
    province = queries.place_of(place.province_code)
    wider = drawn_place(province, drawn.measure, sheet.as_of, _no_link)
    ranks = {rank.area.code: rank.place for rank in wider.ranking.ranks}
    return Around(wider, ranks.get(place.code), len(ranks))


def _summed(drawn: Drawn, sheet: CoverageSheet) -> list[Shown]:
    """Return the figures that the sum of the sheet is made of."""
    if drawn.place is not None:
        found = [line.shown for line in drawn.lines if line.shown]
    else:
        found = queries.newest_figures(drawn.measure, Level.REGENCY, on=sheet.as_of)
    return [one for one in found if one.gap is not None]


def _ids(figures: Iterable[Shown | None]) -> set[int]:
    return {one.id for one in figures if one is not None}


def _numbered(rows: Sequence[CoverageFigure]) -> tuple[list[NamedSource], dict[int, int]]:
    """Number the sources, the newest first; return them, and the number of each figure's."""
    by_source: dict[int, list[CoverageFigure]] = {}
    for row in rows:
        by_source.setdefault(row.source_id, []).append(row)
    groups = sorted(
        by_source.values(),
        key=lambda held: (
            held[0].source.published_on is None,
            -(held[0].source.published_on.toordinal() if held[0].source.published_on else 0),
            held[0].source_id,
        ),
    )
    named = [NamedSource(at, held[0].source, len(held)) for at, held in enumerate(groups, start=1)]
    return named, {row.id: one.number for one, held in zip(named, groups, strict=True) for row in held}


def _noted(rows: Sequence[CoverageFigure], numbers: Mapping[int, int]) -> list[Noted]:
    """Gather what is odd, once for all figures of a source of which the same is said.

    That a day is that of the source, or that there is none, stands beside each figure already.
    """
    found: dict[tuple[Any, ...], Noted] = {}
    for row in rows:
        flags = tuple(flag for flag in row.flags if flag not in _TOLD_BY_THE_DAY)
        words = tuple(one for one in (row.flag_reason, row.note) if one)
        if not (flags or words or row.unit or row.speaker):
            continue
        told = (numbers[row.id], flags, words, row.unit, row.speaker)
        found.setdefault(told, Noted(*told, [])).figures.append(row)
    return sorted(found.values(), key=lambda one: one.number)


def _short(line: PlaceLine) -> str:
    """Return a name as it stands in tiles: a regency without its kind, a city with it."""
    return charts.Area(line.code, line.name).label


def _address(sheet: CoverageSheet, public_url: str) -> str:
    """Return where everybody sees the same figures."""
    path = "/cakupan" if sheet.place_code == NATION_CODE else f"/cakupan/{sheet.place_code}"
    asked = {"ukuran": sheet.measure} | ({"tanggal": sheet.as_of.isoformat()} if sheet.as_of else {})
    return f"{public_url.rstrip('/')}{path}?{urlencode(asked)}"


def _paper(sheet: CoverageSheet, *, public_url: str, is_demo: bool) -> tuple[Paper, str]:
    """Return the letterhead, without number, code and signature, and the time zone of its office."""
    office = office_of_place(sheet.place_code)
    zone = office.time_zone if office else HEAD_OFFICE_ZONE
    is_head = office is not None and office.kind is OfficeKind.OMBUDSMAN_HEAD_OFFICE
    paper = Paper(
        number="",
        subject=str(_("Sheet of coverage")),
        issued_on=None,
        place=place_of(office) if office else "",
        institution_name=office.institution.name if office else "",
        office_name=office.short_name if office and not is_head else "",
        office_address=(office.address or "") if office else "",
        office_contacts=contacts_of(office, public_url) if office else (),
        time_zone=zone,
        code="",
        verify_address="",
        is_draft=False,
        is_demo=is_demo,
        signer_name="",
        signer_role="",
    )
    return paper, zone
