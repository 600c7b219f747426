"""Lists of employers can be brought. `app.py` imports this at start."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.core.policy import Actor
from ombudsman_app.imports.kinds import ImportKind, register

from . import doors, formats
from .importing.alike import alike
from .importing.applying import apply_rows
from .importing.cells import readers
from .importing.checking import EmployerChecker
from .importing.columns import COLUMNS, SAMPLE
from .importing.undoing import edited, undo
from .importing.words import reason_words, side_of_row, sides
from .policies import IMPORTERS
from .project_imports.applying import apply_rows as apply_projects
from .project_imports.cells import readers as project_readers
from .project_imports.checking import ProjectChecker
from .project_imports.columns import COLUMNS as PROJECT_COLUMNS
from .project_imports.columns import SAMPLE as PROJECT_SAMPLE
from .project_imports.undoing import edited as edited_projects
from .project_imports.undoing import undo as undo_projects
from .project_imports.words import reason_words as project_reason_words
from .project_imports.words import side_of_row as side_of_project_row
from .project_imports.words import sides as project_sides

EMPLOYERS = ImportKind(
    id="employers",
    title=_l("Employers"),
    lead=_l(
        "A list of BPJS Ketenagakerjaan, of the licensing office or of another body. Each row adds what its "
        "source says; nothing that is known is overwritten."
    ),
    columns=COLUMNS,
    roles=IMPORTERS,
    source_kinds=lambda: [(str(kind), words) for kind, words in formats.SOURCES.items()],
    readers=readers,
    checker=EmployerChecker,
    apply=apply_rows,
    edited=edited,
    undo=undo,
    sides=sides,
    side_of_row=side_of_row,
    reason_words=reason_words,
    page=("staff.employers.employer", "employer_id"),
    list_endpoint="staff.employers.register",
    alike=alike,
    same_for=frozenset({"same_npp"}),
    sample=SAMPLE,
    shown=("name",),
)
register(EMPLOYERS)


def _door(actor: Actor) -> doors.Door | None:
    if not actor.offices_as(*IMPORTERS):
        return None
    return doors.Door(str(_("Bring a list")), url_for("staff.imports.bring", kind=EMPLOYERS.id))


doors.on_register(_door)


PROJECTS = ImportKind(
    id="projects",
    title=_l("Projects from public money"),
    lead=_l(
        "A list of contracts as XLSX, ODS or CSV, or an OCDS package as JSON. Blanks of known contracts are "
        "filled; nothing that is known is overwritten."
    ),
    columns=PROJECT_COLUMNS,
    roles=IMPORTERS,
    source_kinds=lambda: [(str(kind), words) for kind, words in formats.SOURCES.items()],
    readers=project_readers,
    checker=ProjectChecker,
    apply=apply_projects,
    edited=edited_projects,
    undo=undo_projects,
    sides=project_sides,
    side_of_row=side_of_project_row,
    reason_words=project_reason_words,
    page=("staff.projects.project", "project_id"),
    list_endpoint="staff.projects.projects",
    sample=PROJECT_SAMPLE,
    shown=("package", "contract_number"),
    extras={"file_names": ("json",)},  # OCDS
)
register(PROJECTS)
