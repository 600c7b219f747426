"""The parts of an instrument. Frozen: once used, an instrument never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from ombudsman_app.audits.scoring.formula import SCALE4, YES_NO

SCALE = tuple(SCALE4)
COMPONENTS = tuple(f"C{number:02}" for number in range(1, 15))  # UU 25/2009 Pasal 21 huruf a-n


class AnswerType(StrEnum):
    """How an indicator is answered, and so how it is scored."""

    YES_NO = "yes_no"
    SCALE4 = "scale4"
    PERCENTAGE = "percentage"
    MEASURE = "measure"
    SKM = "skm"
    SURVEY_NEGATIVE = "survey_negative"

    @property
    def is_counted(self) -> bool:
        """Whether the answer is a numerator and a denominator."""
        return self in (AnswerType.PERCENTAGE, AnswerType.SURVEY_NEGATIVE)

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen; empty where a number is given."""
        if self is AnswerType.YES_NO:
            return tuple(YES_NO)
        return SCALE if self is AnswerType.SCALE4 else ()


class EvidenceKind(StrEnum):
    """What may prove an answer."""

    PHOTO = "photo"
    DOCUMENT_COPY = "document_copy"
    URL = "url"
    INTERVIEW_NOTE = "interview_note"
    OBSERVATION_NOTE = "observation_note"
    SYSTEM_EXTRACT = "system_extract"
    SURVEY_FORM = "survey_form"
    FILE_SAMPLE = "file_sample"
    CERTIFICATE = "certificate"


class Maladministration(StrEnum):
    """The form a failed indicator points to; the ids of complaints.yaml."""

    UNDUE_DELAY = "undue_delay"
    NO_SERVICE = "no_service"
    INCOMPETENCE = "incompetence"
    ABUSE_OF_AUTHORITY = "abuse_of_authority"
    PROCEDURE_DEVIATION = "procedure_deviation"
    REQUEST_FOR_REWARD = "request_for_reward"
    IMPROPRIETY = "impropriety"
    PARTIALITY = "partiality"
    DISCRIMINATION = "discrimination"
    CONFLICT_OF_INTEREST = "conflict_of_interest"


class DayType(StrEnum):
    """Which days a promised time counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class Verified(StrEnum):
    """How sure a promised time is (the marks of the domain files)."""

    TEXT = "text"
    PRESS = "press"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Threshold:
    """One step of a measure: up to `max`, or from `min` on. The last has neither, or a min of 0."""

    score: Decimal
    max: Decimal | None = None
    min: Decimal | None = None


@dataclass(frozen=True)
class RelevantIf:
    """The indicator counts only where another was answered with one of these."""

    indicator: str
    is_: tuple[str, ...]


Anchors = tuple[tuple[str, str], ...]  # what each step of the scale looks like, from 0 up


@dataclass(frozen=True)
class Indicator:
    """One question, its weight inside the dimension, and how the answer counts."""

    id: str
    item: str  # the same question through all versions
    variable: str
    component: str
    weight: Decimal
    question_id: str
    question_en: str
    answer_type: AnswerType
    evidence: tuple[EvidenceKind, ...]
    legal_basis: str
    maladministration_if_fail: Maladministration
    critical: bool = False
    respondents: int | None = None
    unit: str = ""
    thresholds: tuple[Threshold, ...] = ()
    may_be_na: bool = False
    na_reason: str = ""
    standard_days: int | None = None
    standard_day_type: DayType | None = None
    standard_verified: Verified | None = None
    anchors_id: Anchors = ()  # empty: those of the instrument
    anchors_en: Anchors = ()
    relevant_if: RelevantIf | None = None


@dataclass(frozen=True)
class Dimension:
    """A part of the instrument with its share of the total."""

    id: str
    title_id: str
    title_en: str
    description_id: str
    description_en: str
    weight: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Definition:
    """A whole instrument in one version."""

    id: str
    title_id: str
    title_en: str
    version: str
    scheme: str
    origin: str
    anchors_id: Anchors
    anchors_en: Anchors
    min_denominator: int  # fewer cases are marked as a low sample
    min_respondents: int
    dimensions: tuple[Dimension, ...]

    @property
    def indicators(self) -> Iterator[Indicator]:
        """All questions in their order."""
        for dimension in self.dimensions:
            yield from dimension.indicators

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    def anchors(self, indicator: Indicator, language: str) -> Anchors:
        """What the steps of the scale look like, its own words first."""
        if language == "en":
            return indicator.anchors_en or self.anchors_en
        return indicator.anchors_id or self.anchors_id
