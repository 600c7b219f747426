"""Findings and what offices answer to them."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "wrong_kind_of_measure": Refusal(
        422,
        _l("This measure cannot stand here"),
        _l("A finding carries the one kind of measure that its origin allows. Nothing was stored."),
    ),
    "finding_incomplete": Refusal(
        422,
        _l("The finding is not complete"),
        _l("Write at least one measure that the office is to take, then send it."),
    ),
    "own_work": Refusal(
        403,
        _l("Another officer must judge this"),
        _l("Whoever wrote the finding or the answer does not judge it. Ask a colleague who may."),
    ),
    "rung_not_open": Refusal(
        409,
        _l("This letter is not needed any more"),
        _l("It was released already, or the office has answered. No number was used up."),
    ),
    "answer_day_refused": Refusal(
        422,
        _l("Look at the day once more"),
        _l("An answer cannot have come in the future, or before the office had the finding."),
    ),
    "export_too_large": Refusal(
        422,
        _l("These are too many rows for one sheet"),
        _l("Ask for fewer: by office, by stage or by how late they are."),
    ),
    "no_superior": Refusal(
        422,
        _l("Nobody is known above this office"),
        _l("Add the office above it to the directory, then release this step. No number was used up."),
    ),
}
