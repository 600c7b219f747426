"""Rows that seem new and may be an employer that is written otherwise (`matching/`, docs/adr/0026)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Region
from ombudsman_app.employers.matching.compare import Verdict
from ombudsman_app.employers.matching.engine import InMemory
from ombudsman_app.employers.matching.party import Party, hidden_number, party_of
from ombudsman_app.employers.matching.places import NOWHERE, Place, place_of
from ombudsman_app.employers.models import Employer
from ombudsman_app.imports.kinds import Alike, Context, Tick

from .columns import Row
from .register import identity_of

_AT_ONCE = 10_000
_CANDIDATES = 5
CODE = "alike."  # before the reason of the comparison; its words stay with the row, which is sealed
_READ = (
    *(Employer.id, Employer.name, Employer.nib, Employer.npwp, Employer.npwp_index, Employer.nitku),
    *(Employer.npp, Employer.npp_division, Employer.region_id),
)


def alike(context: Context, rows: Sequence[tuple[int, Sequence[Any]]], tick: Tick) -> list[Alike]:
    """Return which rows look like employers of the office. Memory grows with the list, not the register."""
    places = _places()
    held = [_of_row(number, Row(*values), places) for number, values in rows]
    candidates: defaultdict[int, list[int]] = defaultdict(list)
    best: dict[int, Verdict] = {}
    for pair in InMemory().pairs(held, _register(context.office_id, places, tick)):
        number = int(pair.left.id)
        best.setdefault(number, pair.verdict)  # the best comes first
        candidates[number].append(int(pair.right.id))
    return [
        Alike(number, candidates[number][:_CANDIDATES], [("", f"{CODE}{one.why}") for one in verdict.reasons])
        for number, verdict in best.items()
    ]


def _places() -> Mapping[int, Place]:
    """Return the regencies and cities as they are compared. 1 statement."""
    rows = db.session.execute(select(Region.id, Region.code).where(func.length(Region.code) == len("76.02")))
    return {row.id: place_of(row.code) for row in rows}


def _of_row(number: int, row: Row, places: Mapping[int, Place]) -> Party:
    one = identity_of(row)
    return party_of(
        str(number),
        row.name,
        nib=one.nib,
        npwp=_tax(one.tax),
        nitku=one.nitku,
        npp=one.npp,
        division=one.division,
        place=places.get(row.region or 0, NOWHERE),
    )


def _register(office_id: int, places: Mapping[int, Place], tick: Tick) -> Iterator[Party]:
    """Walk the listed employers of an office by their key. 1 statement for each 10,000."""
    here = Employer.representative_office_id == office_id, Employer.is_listed.is_(True)
    total = db.session.scalar(select(func.count()).select_from(Employer).where(*here)) or 0
    done = last = 0
    while True:
        tick(done, total)
        known = select(*_READ).where(*here, Employer.id > last).order_by(Employer.id).limit(_AT_ONCE)
        rows = db.session.execute(known).all()
        for row in rows:
            yield party_of(
                str(row.id),
                row.name,
                nib=row.nib,
                npwp=row.npwp or hidden_number(row.npwp_index),
                nitku=row.nitku,
                npp=row.npp,
                division=row.npp_division,
                place=places.get(row.region_id or 0, NOWHERE),
            )
        if len(rows) < _AT_ONCE:
            return
        done, last = done + len(rows), rows[-1].id


def _tax(tax: str | None) -> str | None:
    """Of a human being only the hash is known here."""
    return tax if tax is None or len(tax) == 16 else hidden_number(tax)
