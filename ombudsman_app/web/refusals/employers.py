"""Employers and what is said of them."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "observation_refused": Refusal(
        422,
        _l("Look at the numbers once more"),
        _l("They cannot be together, or lie in the future. Nothing was stored."),
    ),
    "project_refused": Refusal(
        422,
        _l("Look at the contract once more"),
        _l("These facts cannot be together. Nothing was stored."),
    ),
    "same_employer": Refusal(
        409,
        _l("These rows cannot be joined"),
        _l("One of them is joined already, or both are one row. Open the employer again and look."),
    ),
    "case_refused": Refusal(
        409,
        _l("This cannot be done with the case"),
        _l("Open it again to see where it stands. Nothing was changed."),
        by_why={
            "no_breach": _l("Choose at least one kind of non-compliance."),
            "not_open": _l("One of the kinds is not noted, or has ended meanwhile."),
            "running": _l("An open case follows one of these kinds already."),
            "earlier": _l("The earlier case has not ended, or is about another employer."),
            "not_verified": _l("Note first how the report was checked."),
            "ended": _l("The case has ended."),
            "office": _l("This office is not of the right kind of body."),
            "no_office": _l("The directory knows no office of this kind in the province of the employer."),
            "branch_first": _l("The case goes to the branch first."),
            "forwarded": _l("It was forwarded already."),
            "own_summary": _l("Whoever wrote the summary does not release it. Ask another person."),
            "own_review": _l("Whoever handles the case or filed the protest does not review it."),
        },
    ),
    "step_refused": Refusal(
        422,
        _l("Look at the days once more"),
        _l("They cannot be so. Nothing was stored."),
    ),
}
