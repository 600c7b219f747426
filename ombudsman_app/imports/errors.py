"""What imports refuse. `web/refusals/imports.py` owns the sentences."""

from ombudsman_app.core.errors import RuleBroken


class ListRefused(RuleBroken):
    """The file cannot be taken in. Details: why (a word of `isolated/verdicts.py`)."""

    code = "list_refused"


class ListChanged(RuleBroken):
    """The stored file is another one than was looked at: nothing of it is applied."""

    code = "list_changed"


class ListNotReady(RuleBroken):
    """This step is not possible yet. Details: why (reading, unmapped, stale, nothing)."""

    code = "list_not_ready"


class ListEdited(RuleBroken):
    """Records of the list were changed later, so it cannot be taken back. Details: edited (rows)."""

    code = "list_edited"
