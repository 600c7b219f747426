"""What audits refuse."""

from ombudsman_app.core.errors import RuleBroken


class InstrumentFrozen(RuleBroken):
    """A version that was in use stays as it is (409): a change is a new version. Details: number."""

    code = "instrument_frozen"


class InstrumentRefused(RuleBroken):
    """A definition that cannot be scored. Details: problems, each with where and why."""

    code = "instrument_refused"


class OwnAudit(RuleBroken):
    """Whoever filled in a sheet does not review it, and who asked does not release (AZ10)."""

    code = "own_audit"


class TeamIncomplete(RuleBroken):
    """A seat is missing, taken twice, or for somebody without the right there. Details: seats."""

    code = "team_incomplete"


class SheetRefused(RuleBroken):
    """The sheet cannot be scored as it stands. Details: why (a code), indicators."""

    code = "sheet_refused"


class SheetClosed(RuleBroken):
    """The sheet was submitted: nothing in it changes any more (409)."""

    code = "sheet_closed"


class EvidenceRefused(RuleBroken):
    """This does not prove what is asked. Details: why (kind, private_number, address)."""

    code = "evidence_refused"


class NotYetAgreed(RuleBroken):
    """Two assessors differ, or one has not submitted yet. Details: indicators, sheets."""

    code = "not_yet_agreed"


class ResponsesOpen(RuleBroken):
    """The branch may still answer, or its answers wait for a decision. Details: why, indicators, until."""

    code = "responses_open"


class FindingsOpen(RuleBroken):
    """Proposed findings wait for a person. Details: indicators."""

    code = "findings_open"


class RoundIncomplete(RuleBroken):
    """A round cannot begin or end like this. Details: why (no_offices, teams, open), audits."""

    code = "round_incomplete"


class VisitRefused(RuleBroken):
    """Days of a visit that cannot be. Details: why (order, period, too_long)."""

    code = "visit_refused"


class NotAssigned(RuleBroken):
    """Nobody goes into the field without a letter of assignment. Details: why (letter, days, round)."""

    code = "not_assigned"


class StudyPlaceRefused(RuleBroken):
    """An office cannot be named, or what was named is over (409). Details: why (not_published, over, holds,
    ended)."""

    code = "study_place_refused"
