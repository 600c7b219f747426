"""Records of other domains with which a compliance case begins: laporan, informasi. They register at start.

A case keeps the kind and the number of such a record, apart from everything that an office sees, and not a
word of it. Who may see the record is led from the case to it; all others read only of which kind it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ombudsman_app.core.policy import Actor

from .compliance.rules import CaseSource


@dataclass(frozen=True)
class Origin:
    """A record that somebody may see: its name, and where it is read."""

    source: CaseSource
    record_id: int
    title: str
    endpoint: str
    values: dict[str, Any]

    @property
    def subject(self) -> tuple[str, int]:
        """What a case keeps of it."""
        return self.source.value, self.record_id


Find = Callable[[Actor, int, int | None], Origin | None]
_finders: dict[CaseSource, Find] = {}


def register(source: CaseSource, find: Find) -> None:
    """Make known how a record is found by person, number and an employer that it names. 1 statement."""
    _finders[source] = find


def origin_of(
    actor: Actor, source: str | None, record_id: int | None, *, names: int | None = None
) -> Origin | None:
    """Return the record with which a case begins or began, if this person sees it. ≤ 1 statement.

    `names`: the employer that it has to name, where a case is opened. Later the link may have ended.
    """
    find = _finders.get(CaseSource(source)) if source in tuple(CaseSource) else None
    return find(actor, record_id, names) if find and record_id else None
