"""What is wrong with the input of an estimate, said beside the box it is about."""

from typing import Any

from flask_babel import gettext as _

from ombudsman_app.web.formats import number, rupiah

from .estimate_words import month_words
from .estimates.problems import Problem

_FALSE_WAGE = ("wage", "true_wage", "region")


def problem_words(problem: Problem) -> str:
    """Say it in a sentence that tells what to do. What only a program can send wrong is told in general."""
    values = problem.values
    match problem.code:
        case "missing" | "missing_either" | "scale_needed":
            words = _missing(problem.field)
        case "out_of_range":
            words = _(
                "Write a number between %(least)s and %(most)s.",
                least=number(values["least"]),
                most=number(values["most"]),
            )
        case "before":
            words = _("The end lies before the beginning. Look at both.")
        case "no_ceiling" | "too_early":
            words = _(
                "Before %(month)s it cannot be counted: the numbers are not known.",
                month=month_words(values["first"]),
            )
        case "no_minimum_wage":
            words = _no_minimum_wage(values)
        case "above_true":
            words = _(
                "The reported wage is above the wage that is paid (%(wage)s).", wage=rupiah(values["rupiah"])
            )
        case "more_than_billed":
            words = _("More was paid than was billed. Look at both amounts.")
        case "double":
            words = _("The month %(month)s stands there twice.", month=month_words(values["value"]))
        case "value_order":
            words = _("The value with VAT is below the one without. Look at both.")
        case "either":
            words = _("Give either the value of the contract or the workers, not both.")
        case _:
            words = _("Look at this once more: it cannot be counted like this.")
    return str(words)


def _missing(field: str) -> Any:
    if field in _FALSE_WAGE:
        return _("Write the wage: where the employer lies is not known, so there is no minimum wage to take.")
    if field == "jkk_class":
        return _("Choose the class of risk: JKK is counted by it.")
    if field in ("from", "to", "months"):
        return _("Choose the month.")
    if field in ("billed", "bills"):
        return _("Write what was billed: the same for each month, or month by month.")
    if field == "contract_value_without_vat":
        return _("Write the value of the contract, or how many workers and their wage.")
    return _("This is needed to count.")


def _no_minimum_wage(values: dict[str, Any]) -> Any:
    return _(
        "Our list has no minimum wage of this province in %(year)s. Write one and tick that it is assumed.",
        year=str(values["year"]),
    )
