"""How an import goes, and what is said of a row. No database in here."""

from enum import StrEnum

from ombudsman_app.core.workflow.flow import Flow, Move


class RunState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"  # the file lies here; it is read, then somebody says what its columns are
    MAPPED = "mapped"  # the dry run goes, or was stopped
    MATCHING = "matching"  # rows that seem new are compared with the register by their names
    CHECKED = "checked"  # each row has its verdict; nothing of it is in the register
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # the file cannot be read


_S = RunState
RUN: Flow[RunState] = Flow(
    {
        "refuse": Move({_S.UPLOADED, _S.MAPPED, _S.CHECKED}, _S.REFUSED),
        "map": Move({_S.UPLOADED, _S.MAPPED, _S.MATCHING, _S.CHECKED}, _S.MAPPED),
        "check": Move({_S.MAPPED}, _S.CHECKED),
        "compare": Move({_S.MAPPED}, _S.MATCHING),
        "compared": Move({_S.MATCHING}, _S.CHECKED),
        "apply": Move({_S.CHECKED}, _S.APPLYING),
        "applied": Move({_S.APPLYING}, _S.APPLIED),
        "undo": Move({_S.APPLIED, _S.APPLYING}, _S.UNDOING),
        "undone": Move({_S.UNDOING}, _S.UNDONE),
        "stay": Move({_S.UNDOING}, _S.APPLIED),  # records were changed meanwhile
        "cancel": Move({_S.UPLOADED, _S.MAPPED, _S.MATCHING, _S.CHECKED}, _S.CANCELLED),
    }
)
WORKING = (RunState.APPLYING, RunState.UNDOING)
SETTLED = (RunState.UNDONE, RunState.CANCELLED, RunState.REFUSED)


class Verdict(StrEnum):
    """What the dry run says of a row."""

    NEW = "new"
    CHANGE = "change"  # it adds to what is known of a record
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"  # a person decides
    REJECTED = "rejected"


class Decision(StrEnum):
    """What a person says of a doubtful row."""

    SAME = "same"
    NEW = "new"
    LEAVE_OUT = "leave_out"
