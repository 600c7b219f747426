"""What an address, or a job, asks of the register: read with care, written the same way again (IN4)."""

from collections.abc import Mapping

from ombudsman_app.core import limits
from ombudsman_app.findings.states import FindingState, MeasureKind, Origin
from ombudsman_app.web.paging import read_day_key

from .lateness import BANDS
from .register import RegisterFilter

_SLUG = limits.LINE


def read_filter(given: Mapping[str, str]) -> RegisterFilter:
    """Read what is asked for; what is no filter is left out."""
    state, origin, kind = given.get("state", ""), given.get("origin", ""), given.get("kind", "")
    return RegisterFilter(
        office=given.get("office", "")[:_SLUG],
        text=" ".join(given.get("q", "").split())[: limits.SEARCH],
        kind=MeasureKind(kind) if kind in tuple(MeasureKind) else None,
        origin=Origin(origin) if origin in tuple(Origin) else None,
        state=FindingState(state) if state in tuple(FindingState) else None,
        late=int(given["late"]) if given.get("late", "") in map(str, range(BANDS)) else None,
        is_overdue=given.get("overdue") == "yes",
        is_mine=given.get("whose") == "mine",
        is_time_asked=given.get("time") == "yes",
        is_done=given.get("done") == "yes" or state == FindingState.DONE,
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )


def said_filter(chosen: RegisterFilter) -> dict[str, str]:
    """Write the filters as an address has them, without the place in the list."""
    said = {
        "office": chosen.office,
        "q": chosen.text,
        "kind": chosen.kind.value if chosen.kind else "",
        "origin": chosen.origin.value if chosen.origin else "",
        "state": chosen.state.value if chosen.state else "",
        "late": "" if chosen.late is None else str(chosen.late),
        "overdue": "yes" if chosen.is_overdue else "",
        "whose": "mine" if chosen.is_mine else "",
        "time": "yes" if chosen.is_time_asked else "",
        "done": "yes" if chosen.is_done and chosen.state is not FindingState.DONE else "",
    }
    return {name: value for name, value in said.items() if value}
