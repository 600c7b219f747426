"""A kept score as pages and papers show it. It is read from what was frozen, so no statement is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask_babel import get_locale

from ombudsman_app.audits.models import AuditScore
from ombudsman_app.audits.scoring.definition import Definition, Indicator, digest, read_definition
from ombudsman_app.audits.scoring.exact import half_up
from ombudsman_app.audits.scoring.formula import MAJOR_BELOW, MINOR_BELOW
from ombudsman_app.audits.scoring.scheme import Band, Scheme, read_scheme
from ombudsman_app.web import charts
from ombudsman_app.web.charts.bands import Band as DrawnBand

_KEPT_DEFINITIONS = 32
LIMITS = (Decimal(int(MAJOR_BELOW)), Decimal(int(MINOR_BELOW)))  # from here on fair, from here on good
MOST_COSTLY = 8


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator: what was asked and answered, what it brought, what it cost.

    `answer` as `scoring.answers` reads it: value, or numerator and denominator; empty where it does not
    apply (`na_reason`). `cost`: points of the total that it took away.
    """

    indicator: Indicator
    answer: Mapping[str, Any]
    score: Decimal | None  # None: not applicable
    weight: Decimal
    effective_weight: Decimal  # inside the dimension, after what does not apply gave its weight away
    cost: Decimal
    no_evidence: bool
    low_sample: bool
    na_reason: str
    severity: str | None
    anchor: str  # what the chosen step of the scale looks like, in the language of the reader

    @property
    def id(self) -> str:
        return self.indicator.id

    @property
    def question(self) -> str:
        """The question in the language of the reader."""
        return self.indicator.question_en if _is_english() else self.indicator.question_id

    @property
    def evidence(self) -> int:
        """How many items of an allowed kind there are."""
        return int(self.answer.get("evidence", 0))

    @property
    def is_alarm(self) -> bool:
        """A critical indicator that failed."""
        return self.indicator.critical and self.score is not None and self.score < LIMITS[0]


@dataclass(frozen=True)
class DimensionBlock:
    """One dimension with its indicators."""

    id: str
    title: str
    description: str
    weight: Decimal
    score: Decimal
    points: Decimal  # what it brings to the total
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True)
class ScorePage:
    """Everything that is said about one score."""

    score: AuditScore
    definition: Definition
    scheme: Scheme
    dimensions: tuple[DimensionBlock, ...]

    @property
    def lines(self) -> tuple[IndicatorLine, ...]:
        return tuple(line for block in self.dimensions for line in block.lines)

    @property
    def by_id(self) -> dict[str, IndicatorLine]:
        return {line.id: line for line in self.lines}

    @property
    def total(self) -> Decimal:
        return self.score.total

    @property
    def total_exact(self) -> str:
        """To the last digit, as it was computed."""
        return self.score.total_exact

    @property
    def band(self) -> Band | None:
        """The band that holds, after the cap; None: the scheme has none."""
        names = (self.score.category, self.score.zone)
        return next((one for one in self.scheme.bands if (one.id or None, one.zone.value) == names), None)

    @property
    def band_title(self) -> str:
        band = self.band
        return "" if band is None else band.title_en if _is_english() else band.title_id

    @property
    def capped_by(self) -> tuple[IndicatorLine, ...]:
        """Critical indicators below 50 (product rule, domain/audits.md §6 rule 8)."""
        named = set(self.score.result["capped_by"])
        return tuple(line for line in self.lines if line.id in named)

    @property
    def is_capped(self) -> bool:
        """Whether the cap made the category lower than the total gives."""
        return bool(self.score.result["category_before_cap"] != self.score.category)

    @property
    def costliest(self) -> tuple[IndicatorLine, ...]:
        """What took most points away, most first."""
        cost = sorted((line for line in self.lines if line.cost), key=lambda line: (-line.cost, line.id))
        return tuple(cost[:MOST_COSTLY])

    @property
    def wheel(self) -> charts.Wheel:
        """The picture of the score."""
        return charts.wheel(
            [
                charts.Dimension(
                    block.title,
                    block.score,
                    block.weight,
                    [
                        charts.Indicator(f"{line.id} {line.question}", line.score, line.weight, line.is_alarm)
                        for line in block.lines
                    ],
                )
                for block in self.dimensions
            ],
            total=self.total,
            band=self.drawn_band,
            limits=LIMITS,
        )

    @property
    def drawn_band(self) -> DrawnBand | None:
        band = self.band
        return drawn(band) if band else None

    @property
    def drawn_bands(self) -> list[DrawnBand]:
        """All bands of the scheme, for the strip below the wheel."""
        return [drawn(band) for band in self.scheme.bands]


def drawn(band: Band) -> DrawnBand:
    """Return a band as pictures take it, in the language of the reader."""
    label = band.title_en if _is_english() else band.title_id
    return DrawnBand(band.id, label, band.zone.value, band.min, band.max)


def score_page(score: AuditScore) -> ScorePage:
    """Return what is shown of a kept score. No statement."""
    definition = definition_of(score.inputs["definition"], score.result["instrument_digest"])
    blocks = []
    for told in score.result["dimensions"]:
        dimension = next(one for one in definition.dimensions if one.id == told["id"])
        lines = tuple(
            _line(definition, score.inputs["answers"].get(one["id"], {}), one) for one in told["indicators"]
        )
        blocks.append(
            DimensionBlock(
                id=dimension.id,
                title=dimension.title_en if _is_english() else dimension.title_id,
                description=dimension.description_en if _is_english() else dimension.description_id,
                weight=dimension.weight,
                score=half_up(Decimal(told["score"]), 2),
                points=Decimal(told["points"]),
                lines=lines,
            )
        )
    return ScorePage(score, definition, read_scheme(score.inputs["scheme"]), tuple(blocks))


def _line(definition: Definition, answer: Mapping[str, Any], told: Mapping[str, Any]) -> IndicatorLine:
    indicator = definition.by_id[told["id"]]
    anchors = dict(definition.anchors(indicator, "en" if _is_english() else "id"))
    score = told["score"]
    return IndicatorLine(
        indicator=indicator,
        answer={name: value for name, value in answer.items() if name != "na"},
        score=None if score is None else half_up(Decimal(score), 2),
        weight=indicator.weight,
        effective_weight=half_up(Decimal(told["effective_weight"]), 2),
        cost=Decimal(told["cost"]),
        no_evidence=told["no_evidence"],
        low_sample=told["low_sample"],
        na_reason=told["na_reason"] or "",
        severity=told["severity"],
        anchor=anchors.get(str(answer.get("value", "")), ""),
    )


def definition_of(content: Mapping[str, Any], known_digest: str) -> Definition:
    """Read a definition; the same one is read once in a process."""
    held = _held(known_digest)
    if not held:
        definition = read_definition(content)
        if digest(definition) != known_digest:
            return definition
        held.append(definition)
    return held[0]


def already_read(known_digest: str) -> Definition | None:
    """Return a definition that was read before."""
    held = _held(known_digest)
    return held[0] if held else None


@lru_cache(maxsize=_KEPT_DEFINITIONS)
def _held(_digest: str) -> list[Definition]:
    return []


def in_language(indonesian: str, english: str) -> str:
    """Return the words in the language of the reader."""
    return english if _is_english() else indonesian


def _is_english() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "en"
