"""What there is to tell about figures, and to whom: called inside the commands.

Words name a number and nothing of the matter (PD6): a proposal is nobody's outside before it is released.
"""

from sqlalchemy import Select

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.notifications.commands import notify, settle
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .figure_policies import DECIDERS, MAKERS
from .models import CoverageFigure
from .queries.imported import imports_seen
from .scope import scope

FIGURE, LIST = "coverage_figure", "coverage_list"
_WAITS, _LIST_WAITS = "coverage.figure_waits", "coverage.list_waits"
_BACK, _LIST_BACK = "coverage.figure_back", "coverage.list_back"


def figure_waits(figure: CoverageFigure, *, actor: Actor) -> None:
    """Tell who can release a proposal, but not who made it."""
    if figure.representative_office_id is None:
        return
    people = ids_with_roles(DECIDERS, figure.representative_office_id, without_conflict=(FIGURE, figure.id))
    notify(_WAITS, people, key=str(figure.id), about=figure.id, label=figure.place_code, actor=actor)


def figure_is_decided(figure: CoverageFigure, *, is_back: bool = False, actor: Actor) -> None:
    """It waits for nobody any more; who proposed it is told where it came back."""
    settle(_WAITS, figure.id)
    if is_back:
        people = [figure.made_by_id]
        notify(_BACK, people, key=str(figure.id), about=figure.id, label=figure.place_code, actor=actor)


def list_waits(run: ImportRun, *, actor: Actor) -> None:
    """Tell who can release a list, but neither who brought it nor who applied it."""
    own = {run.made_by_id, run.applied_by_id}
    people = ids_with_roles(DECIDERS, run.representative_office_id, without_conflict=(LIST, run.id))
    notify(_LIST_WAITS, [one for one in people if one not in own], key=str(run.id), about=run.id, actor=actor)


def list_is_decided(run: ImportRun, *, is_back: bool = False, actor: Actor) -> None:
    """It waits for nobody any more; who brought and who applied it are told where it came back."""
    settle(_LIST_WAITS, run.id)
    if is_back:
        notify(_LIST_BACK, [run.made_by_id, run.applied_by_id], key=str(run.id), about=run.id, actor=actor)


def _figures(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).figures().with_only_columns(CoverageFigure.id)
    return seen


def _lists(actor: Actor) -> Select[int]:
    seen: Select[int] = imports_seen(actor).with_only_columns(ImportRun.id)
    return seen


def register_all() -> None:
    """Make the kinds known; called once at start."""
    register_record(RecordKind(FIGURE, visible=_figures, endpoint="staff.coverage.figure", value="figure_id"))
    register_record(RecordKind(LIST, visible=_lists, endpoint="staff.coverage_imports.run", value="run_id"))
    register(
        Kind(
            _WAITS,
            N_("A figure of coverage waits for a decision"),
            N_("Somebody of your office proposes a figure of coverage. Another person releases it."),
            roles=DECIDERS,
            about=FIGURE,
        ),
        Kind(
            _LIST_WAITS,
            N_("A list of coverage figures waits for a decision"),
            N_("A list of coverage figures was applied. Another person releases its proposals, all at once."),
            roles=DECIDERS,
            about=LIST,
        ),
        Kind(
            _BACK,
            N_("A figure of coverage came back"),
            N_("A figure of coverage that you proposed was sent back. The reason stands with it."),
            roles=MAKERS,
            about=FIGURE,
        ),
        Kind(
            _LIST_BACK,
            N_("A list of coverage figures came back"),
            N_("The proposals of a list that you brought were sent back. The reason stands with them."),
            roles=MAKERS,
            about=LIST,
        ),
    )
