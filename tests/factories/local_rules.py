"""Local rules as officers write them down. Call inside an application context."""

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.coverage.commands.local_rule_acts import verify_local_rule
from ombudsman_app.coverage.commands.local_rule_inputs import LocalRuleInput, VerifyInput
from ombudsman_app.coverage.commands.local_rule_writing import add_local_rule
from ombudsman_app.coverage.local_rule_words_index import number_key, words_of_rule
from ombudsman_app.coverage.local_rules import Answer, RuleKind, RuleState, Verification
from ombudsman_app.coverage.models import LocalRule, LocalRuleWord
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import representative_for

from .findings import person

PLACES = {"MAM": "76.02", "KPG": "53.15"}
ADDRESS = "https://jdih.mamujukab.go.id/produk-hukum/perbup-12-2023"
_numbers = count(1)


def region_of_code(code: str) -> int:
    """Return the id of a region."""
    return db.session.scalars(select(Region.id).where(Region.code == code)).one()


def LocalRuleFactory(actor: Actor | None = None, *, office: str = "MAM", **given: Any) -> LocalRule:
    """A Perbup of a regency of this office, unverified."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "region_id": region_of_code(PLACES[office]),
        "kind": RuleKind.PERBUP,
        "number": str(number),
        "year": 2023,
        "title": f"Jaminan sosial ketenagakerjaan bagi pekerja rentan {number}",
        "status": RuleState.PROMULGATED,
        "answers": {"covers_vulnerable": Answer.YES},
        "source": "Berita",
    }
    maker = actor or person(Role.PREVENTION_ASSISTANT, office=office)
    return add_local_rule(LocalRuleInput(**{**values, **given}), actor=maker)


def verified(rule: LocalRule, *, office: str = "MAM", **given: Any) -> LocalRule:
    """The rule after a person has opened its JDIH page."""
    values: dict[str, Any] = {
        "jdih_url": ADDRESS,
        "opened_on": date(2026, 11, 20),
        "seen": "Nomor, tahun, dan judul sama; berkas PDF dapat diunduh.",
        "number": rule.number or "12",
        "year": rule.year or 2023,
        "title": rule.title,
        "status": RuleState.PROMULGATED,
    }
    actor = person(Role.PREVENTION_ASSISTANT, office=office)
    verify_local_rule(rule, VerifyInput(**{**values, **given}), version=rule.version, actor=actor)
    return rule


@command
def many_rules(number: int) -> None:
    """Put many rules into the register at once, of all regions, kinds and states."""
    regions = db.session.execute(
        select(Region.id, Region.province_code, Region.name).where(Region.level.in_(("regency", "city")))
    ).all()
    offices = {code: representative_for(code) for code in {row[1] for row in regions}}
    kinds, states = tuple(RuleKind), tuple(RuleState)
    rows: list[dict[str, Any]] = []
    for place in range(number):
        region = regions[place % len(regions)]
        office = offices[region[1]]
        assert office is not None
        year = 1999 + place % 27
        rows.append(
            {
                "region_id": region[0],
                "province_code": region[1],
                "representative_office_id": office.id,
                "kind": kinds[place % len(kinds)],
                "number": str(place),
                "number_key": number_key(str(place)),
                "year": year,
                "year_order": year,
                "title": f"Perlindungan pekerja {place}",
                "status": states[place // 3 % len(states)],
                "verification": Verification.UNVERIFIED,
                "covers_non_asn": (Answer.YES, Answer.NO, Answer.UNKNOWN)[place % 3],
                "files_id": uuid4(),
                "made_at": now(),
                "version": 1,
            }
        )
    for start in range(0, number, 5_000):
        piece = rows[start : start + 5_000]
        ids = db.session.scalars(insert(LocalRule).returning(LocalRule.id), piece).all()
        names = {region[0]: region[2] for region in regions}
        words = [
            {"rule_id": rule_id, "word": word, "province": int(row["province_code"])}
            for rule_id, row in zip(ids, piece, strict=True)
            for word in words_of_rule(
                row["kind"], row["number"], row["year"], row["title"], names[row["region_id"]]
            )
        ]
        db.session.execute(insert(LocalRuleWord), words)
