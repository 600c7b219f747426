"""The examination report: its parts, its conclusions, what must stand in it. No database in here.

Facts: `report_document` and `maladministration_forms` of complaints.yaml (48/2020 Pasal 25).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ombudsman_app.core.workflow.shape import RulesBroken

from .file import REGIMES, RULES
from .flow import LEGACY, ComplaintState

REPORT = "examination_report"  # the kinds of papers of this part
RESULT_NOTICE = "examination_result_notice"
INTERIM_NOTICE = "interim_result_notice"
REPLY_CLOCK = "reporter_reply_to_result"


class Conclusion(StrEnum):
    """What the examination comes to."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    DISCONTINUED = "discontinued"


class Addressee(StrEnum):
    """Whom a corrective action is for."""

    RESPONDENT = "respondent"
    SUPERIOR = "respondent_superior"
    AGENCY = "related_agency"


class Part(StrEnum):
    """What an examiner writes one by one: the six sections of the paper, and the words for the reporter."""

    PARTIES = "parties"
    ACCOUNT = "account"
    RESULT = "result"
    OPINION = "opinion"
    CONCLUSION = "conclusion"
    ACTIONS = "actions"
    REPORTER = "reporter"


SECTIONS: dict[Part, str] = dict(zip(Part, RULES.report_document.sections, strict=False))
WRITTEN = tuple(part for part in Part if part is not Part.ACTIONS)  # parts that are a text
FORMS = {form.id: form.id_label for form in RULES.maladministration_forms}
CONCLUSION_LABELS = {Conclusion(one.id): one.id_label for one in RULES.report_document.conclusions}
NEEDS_ACTIONS = frozenset(
    Conclusion(one.id) for one in RULES.report_document.conclusions if one.requires_corrective_action
)
# How a case goes on once the report is out.
FOLLOWS = {
    Conclusion.FOUND: "monitor_report",
    Conclusion.NOT_FOUND: "close_without_finding",
    Conclusion.DISCONTINUED: "discontinue",
}
WRITABLE_IN = frozenset({ComplaintState.CASE_REVIEW, ComplaintState.REPORTER_REPLY})

if len(SECTIONS) != len(RULES.report_document.sections) or {one.value for one in Addressee} != set(
    RULES.report_document.corrective_action_addressees
):
    raise RulesBroken("complaints.yaml: report_document has other sections or addressees than the code")


@dataclass(frozen=True)
class Gap:
    """Something without which the report cannot go out: the part, and what is wrong with it."""

    part: Part
    why: str  # empty, no_conclusion, no_form, no_action, too_much, no_receiver


def report_name(regime: str) -> str:
    """Return what the paper is called under the rules of a case: LHP, in older cases LAHP."""
    return REGIMES[regime].report_document


def hears_reporter(regime: str) -> bool:
    """Whether the reporter may react to the interim result (48/2020 Pasal 25(5b), older rules alone)."""
    return regime == LEGACY


def gaps(
    texts: Mapping[Part, str], conclusion: Conclusion | None, forms: Collection[str], actions: int
) -> list[Gap]:
    """Return what is missing or too much, in the order of the parts; nothing: it may be put forward."""
    found = [Gap(part, "empty") for part in WRITTEN if not texts.get(part, "").strip()]
    if conclusion is None:
        found.append(Gap(Part.CONCLUSION, "no_conclusion"))
    elif conclusion in NEEDS_ACTIONS:
        found += [Gap(Part.CONCLUSION, "no_form")] if not forms else []
        found += [Gap(Part.ACTIONS, "no_action")] if not actions else []
    else:
        found += [Gap(Part.CONCLUSION, "too_much")] if forms else []
        found += [Gap(Part.ACTIONS, "too_much")] if actions else []
    return sorted(found, key=lambda gap: list(Part).index(gap.part))
