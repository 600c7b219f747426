"""What a scored sheet comes to, with how every indicator took part in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .definition.shape import Definition
from .definition.writing import digest
from .exact import plain, written
from .formula import EXACT_DECIMALS, FORMULA_VERSION, FULL, MAJOR_BELOW, MINOR_BELOW, TOTAL_DECIMALS
from .scheme import Band, Scheme


class NaKind(StrEnum):
    """Who said that an indicator does not apply."""

    BY_REASON = "by_reason"  # the auditor, in writing
    BY_INSTRUMENT = "by_instrument"  # its condition is not met


class Severity(StrEnum):
    """How grave a finding is."""

    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True)
class FindingProposal:
    """A low score that a person may make a finding of."""

    indicator: str
    severity: Severity


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator. Where it does not apply there is no score, no share and no cost."""

    id: str
    item: str
    weight: Decimal
    critical: bool
    share: Fraction  # of the dimension, after what does not apply gave its weight away
    score: Fraction | None
    score_without_evidence_rule: Fraction | None
    cost: Fraction  # points of the total that it took away
    no_evidence: bool
    low_sample: bool
    na: NaKind | None
    na_reason: str

    @property
    def effective_weight(self) -> Fraction:
        """The weight inside the dimension, out of 100."""
        return self.share * FULL

    @property
    def severity(self) -> Severity | None:
        """By the exact score: below 50 major, below 75 minor."""
        if self.score is None or self.score >= MINOR_BELOW:
            return None
        return Severity.MAJOR if self.score < MAJOR_BELOW else Severity.MINOR

    def as_snapshot(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "item": self.item,
            "weight": plain(self.weight),
            "critical": self.critical,
            "effective_weight": _exact(self.effective_weight),
            "score": None if self.score is None else _exact(self.score),
            "cost": _exact(self.cost),
            "no_evidence": self.no_evidence,
            "low_sample": self.low_sample,
            "na": self.na,
            "na_reason": self.na_reason,
            "severity": self.severity,
        }


@dataclass(frozen=True)
class DimensionResult:
    """One dimension, its exact score of 0-100 and its weight in the total."""

    id: str
    weight: Decimal
    exact: Fraction
    indicators: tuple[IndicatorResult, ...]

    @property
    def score(self) -> str:
        """At least two decimals, ten at most."""
        return _exact(self.exact, TOTAL_DECIMALS)

    @property
    def points(self) -> Fraction:
        """What it brings to the total."""
        return Fraction(self.weight) * self.exact / FULL


@dataclass(frozen=True)
class Result:
    """A scored sheet."""

    definition: Definition
    scheme: Scheme
    cap: bool
    dimensions: tuple[DimensionResult, ...]
    total_exact: Fraction
    total: Decimal
    band: Band | None
    band_before_cap: Band | None
    critical_failed: tuple[str, ...]  # critical indicators below 50

    @property
    def indicators(self) -> Iterator[IndicatorResult]:
        for dimension in self.dimensions:
            yield from dimension.indicators

    @property
    def category(self) -> str | None:
        """The letter; None where the scheme has none."""
        return (self.band.id or None) if self.band else None

    @property
    def zone(self) -> str | None:
        return self.band.zone.value if self.band else None

    @property
    def capped_by(self) -> tuple[str, ...]:
        """Every critical indicator below 50, also where the category is low anyway; none with the cap off."""
        return self.critical_failed if self.cap else ()

    @property
    def findings(self) -> tuple[FindingProposal, ...]:
        return tuple(FindingProposal(one.id, one.severity) for one in self.indicators if one.severity)

    @property
    def low_sample(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.indicators if one.low_sample)

    @property
    def no_evidence(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.indicators if one.no_evidence)

    @property
    def costliest(self) -> tuple[IndicatorResult, ...]:
        """The indicators that took points away, most first."""
        return tuple(sorted((one for one in self.indicators if one.cost), key=lambda one: -one.cost))

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `audits score` (design.md §2)."""
        return {
            "dimensions": {one.id: one.score for one in self.dimensions},
            "total_exact": _exact(self.total_exact),
            "total": str(self.total),
            "category": self.category,
            "zone": self.zone,
            "capped_by": list(self.capped_by),
            "findings": [
                {"indicator": one.indicator, "severity": one.severity.value} for one in self.findings
            ],
            "low_sample": list(self.low_sample),
            "no_evidence": list(self.no_evidence),
        }

    def as_snapshot(self) -> dict[str, Any]:
        """Return all that is kept with a score, so that it can be counted again and compared."""
        before = self.band_before_cap
        return {
            "formula": FORMULA_VERSION,
            "instrument": self.definition.id,
            "instrument_version": self.definition.version,
            "instrument_digest": digest(self.definition),
            "scheme": self.scheme.id,
            "cap": self.cap,
            **self.as_json(),
            "category_before_cap": (before.id or None) if before else None,
            "dimensions": [
                {
                    "id": one.id,
                    "weight": plain(one.weight),
                    "score": one.score,
                    "points": _exact(one.points),
                    "indicators": [indicator.as_snapshot() for indicator in one.indicators],
                }
                for one in self.dimensions
            ],
        }


def _exact(value: Fraction, least: int = 0) -> str:
    return written(value, EXACT_DECIMALS, least)
