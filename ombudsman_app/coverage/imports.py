"""Lists of figures can be brought. `app.py` imports this at start."""

from flask_babel import lazy_gettext as _l

from ombudsman_app.imports.kinds import ImportKind, register

from .figure_notices import list_waits
from .figure_policies import MAKERS
from .figure_words import SOURCE_KIND_WORDS
from .importing.applying import apply_rows
from .importing.cells import readers
from .importing.checking import FigureChecker
from .importing.columns import COLUMNS, SAMPLE
from .importing.undoing import edited, undo
from .importing.words import reason_words, side_of_row, sides

COVERAGE = ImportKind(
    id="coverage",
    title=_l("Coverage figures"),
    lead=_l(
        "A list of one definition, place by place and day by day. Each row becomes a proposal that another "
        "person releases; a figure that is known is never overwritten."
    ),
    columns=COLUMNS,
    roles=MAKERS,
    source_kinds=lambda: [(str(kind), words) for kind, words in SOURCE_KIND_WORDS.items()],
    readers=readers,
    checker=FigureChecker,
    apply=apply_rows,
    edited=edited,
    undo=undo,
    sides=sides,
    side_of_row=side_of_row,
    reason_words=reason_words,
    page=("public.coverage.figure", "figure_id"),
    list_endpoint="staff.coverage_imports.runs",
    proposals_endpoint="staff.coverage_imports.run",
    applied=lambda run, actor: list_waits(run, actor=actor),
    sample=SAMPLE,
    shown=("code", "name"),
)
register(COVERAGE)
