"""What each row of a list of projects is: new, known, doubtful, or impossible."""

from collections.abc import Mapping, Sequence
from typing import Any

from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.directory.names import normalised
from ombudsman_app.employers.models import Project
from ombudsman_app.imports.kinds import Context, Judged, Reason
from ombudsman_app.imports.states import Verdict

from .columns import Row
from .known import Key, contradictions, key_of, known_projects, new_facts

_DIGEST = "project-import-row"
_CANDIDATES = 5


class ProjectChecker:
    """Judges the rows of one import and remembers which contracts it has seen in it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[Key, tuple[int, Row]] = {}

    def judge(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> list[Judged]:
        """Judge a batch. ≤ 4 statements."""
        typed = [(number, Row(*values)) for number, values in rows]
        known = known_projects(self._context.office_id, [row for _number, row in typed])
        return [self._judge(number, row, known) for number, row in typed]

    def _judge(self, number: int, row: Row, known: Mapping[str, list[Project]]) -> Judged:
        key = key_of(row)
        if wrong := impossible(row):
            return Judged(Verdict.REJECTED, [wrong])
        before = self._seen.setdefault(key, (number, row))
        if before[0] != number:
            code = "row_twice" if before[1] == row else "row_contradicts"
            return Judged(Verdict.REJECTED, [("", code, before[0])])
        same_number = known.get(key[0], [])
        same = [one for one in same_number if one.owner.name_key == key[1]]
        if same:
            return _known(same[0], row)
        alike = [one for one in same_number if normalised(one.package) == normalised(row.package)]
        if alike:
            ids = [one.id for one in alike[:_CANDIDATES]]
            return Judged(Verdict.DOUBTFUL, [("", "other_agency")], candidates=ids, digest=self._digest(row))
        reasons: list[Reason] = [("", "number_elsewhere")] if same_number else []
        return Judged(Verdict.NEW, reasons, digest=self._digest(row))

    def _digest(self, row: Row) -> str:
        return hmac_hex(repr((self._context.office_id, self._context.source, *row)), purpose=_DIGEST)


def impossible(row: Row) -> Reason | None:
    """Return why the facts of a row cannot be together; None: they can."""
    if row.start_on and row.end_on and row.end_on < row.start_on:
        return ("end_on", "before_start")
    if row.value is not None and row.value_net is not None and row.value_net > row.value:
        return ("value_net", "above")
    spk = row.spk_on
    if spk and any(str(change[1]) < spk for change in row.changes or ()):
        return ("changes", "before_spk")
    return None


def _known(project: Project, row: Row) -> Judged:
    told: list[Reason] = [("contract_number", "same_contract")]
    told += [(name, "differs") for name in contradictions(project, row)]
    if added := new_facts(project, row):
        return Judged(Verdict.CHANGE, [*told, *((name, "fills") for name in added)], record_id=project.id)
    return Judged(Verdict.UNCHANGED, told, record_id=project.id)
