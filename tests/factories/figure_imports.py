"""Lists of figures that are in the register, without the child that reads files. Call inside a context."""

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.imports.commands import ListInput, bring_list
from ombudsman_app.imports.kinds import kind_of
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RunState

from .coverage import DAY, analyst, claim, office_id, proposed


def FigureImportFactory(office: str = "KPG") -> ImportRun:
    """A list of which one proposal waits."""
    actor = analyst(office)
    given = ListInput(
        file_name=f"rahasia-cakupan-{office}.csv",
        content=b"Kode;UCJ\r\n53.15;33,73\r\n",
        source="BPJS Ketenagakerjaan",
        source_kind="bpjs",
        as_of=DAY,
        office_id=office_id(office),
    )
    made = bring_list(kind_of("coverage"), given, actor=actor)
    figure = proposed("53.15", claim(percent="33.73"), actor=actor, office=office)
    _apply(made, figure.id, actor.user_id)
    return made


@command
def _apply(run: ImportRun, figure_id: int, user_id: int | None) -> None:
    run.state, run.applied_at, run.applied_by_id = RunState.APPLIED, now(), user_id
    run.counts = {"new": 1, "blank": 0}
    db.session.get_one(CoverageFigure, figure_id).import_id = run.id
