"""Invented employers in bulk: the words of names as uneven as they are."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import insert, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.directory.models import Region, RepresentativeOffice
from ombudsman_app.employers.matching.thresholds import COMMON_WORDS
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.naming import normalised
from ombudsman_app.employers.states import EmployerKind, Scale

from .dice import Dice, Weighted

_BATCH = 10_000
_SYLLABLES = ("ka", "la", "ma", "ru", "ti", "nu", "so", "be", "da", "pa", "wi", "ga", "jo", "sa", "re")
_FORMS = ("PT", "CV", "PT", "UD")
RARE = "PT Tappalang Bonehau Salugatta"  # one of its kind, however many there are


def fill(office_code: str, size: int, tell: Callable[[str], None]) -> None:
    """Put so many employers into the register of one office. The caller lets the database look at them."""
    here = db.session.scalars(
        select(RepresentativeOffice.id).where(RepresentativeOffice.code == office_code)
    ).one()
    regions = list(db.session.scalars(select(Region.id).where(Region.code.like("76.__"))))
    db.session.rollback()
    rows, made = _rows(here, regions, size), 0
    while batch := [row for row, _number in zip(rows, range(_BATCH), strict=False)]:
        _write(batch)
        made += len(batch)
        tell(f"{made:,} of {size:,} employers")


@command
def _write(batch: list[dict[str, Any]]) -> None:
    db.session.execute(insert(Employer), batch)


def _rows(here: int, regions: list[int], size: int) -> Iterator[dict[str, Any]]:
    words = sorted(word for word in COMMON_WORDS if len(word) > 3)
    common = Weighted({word: 1 / (place + 3) for place, word in enumerate(words)})
    made_at = now()
    for number in range(size):
        dice = Dice("employer", number)
        own = "".join(dice.pick(_SYLLABLES) for _ in range(dice.between(2, 4)))
        parts = (common.pick(dice), own if number % 3 else common.pick(dice), common.pick(dice))
        name = RARE if not number else " ".join((_FORMS[number % 4], *(part.title() for part in parts)))
        read, gap = normalised(name), dice.below(50) if dice.happens(30) else 0
        yield {
            "representative_office_id": here,
            "kind": EmployerKind.COMPANY,
            "name": name,
            "name_key": read.key,
            "legal_form": read.legal_form,
            "nib": f"9{number:012d}" if number % 2 else None,
            "npwp": f"0{number:015d}" if number % 3 else None,
            "section": dice.pick("ABCFGHI"),
            "scale": dice.pick(tuple(Scale)),
            "region_id": dice.pick(regions),
            "workers": gap + 20 if gap else None,
            "registered": 20 if gap else None,
            "gap_low": gap,
            "gap_high": gap,
            "gap_order": -gap,
            "made_at": made_at,
            "version": 1,
        }
