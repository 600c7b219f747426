"""How estimates look in words: on the page, on paper and in a sheet the same."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.web.formats import day, month_long, number, rupiah

from .estimates.fields import EstimateType
from .estimates.rates import rates
from .estimates.reading import month_from
from .states import Programme

TYPES: dict[EstimateType, Any] = {
    EstimateType.PWBD: _l("Not registered at all (PWBD)"),
    EstimateType.PDS_WORKERS: _l("Some workers left out (PDS-TK)"),
    EstimateType.PDS_WAGE: _l("Wages reported too low (PDS-upah)"),
    EstimateType.PDS_PROGRAM: _l("Programmes missing (PDS-program)"),
    EstimateType.ARREARS: _l("Contributions not paid (arrears)"),
    EstimateType.FINE: _l("Administrative fine after the second warning"),
    EstimateType.JAKON: _l("Project of construction work"),
}
WHAT_IT_COUNTS: dict[EstimateType, Any] = {
    EstimateType.PWBD: _l("The contributions of all workers, month by month."),
    EstimateType.PDS_WORKERS: _l("The contributions of the workers that nobody registered."),
    EstimateType.PDS_WAGE: _l("What is missing because the wage was reported too low."),
    EstimateType.PDS_PROGRAM: _l("The contributions of the programmes that it did not join."),
    EstimateType.ARREARS: _l("What was billed and not paid, with the charge for lateness."),
    EstimateType.FINE: _l("0.1 percent a month from the end of the second warning."),
    EstimateType.JAKON: _l("JKK and JKM of a project, by its value or by the wages."),
}
CLASSES: dict[str, Any] = {
    "very_low": _l("Very low"),
    "low": _l("Low"),
    "medium": _l("Medium"),
    "high": _l("High"),
    "very_high": _l("Very high"),
}
PROGRAMME_NAMES: dict[Programme, Any] = {
    Programme.JKK: _l("Work accident (JKK)"),
    Programme.JKM: _l("Death (JKM)"),
    Programme.JHT: _l("Old age (JHT)"),
    Programme.JP: _l("Pension (JP)"),
    Programme.JKP: _l("Loss of work (JKP)"),
}
SIZES: dict[str, Any] = {
    "large": _l("Large business"),
    "medium": _l("Medium business"),
    "small": _l("Small business"),
    "micro": _l("Micro business"),
    "construction_casual": _l("Daily and piece workers of construction"),
}


def rate_words(rate: str | Decimal) -> str:
    """0,89%: a rate as people say it."""
    return f"{number(Decimal(rate) * 100)}%"


def class_words(name: str) -> str:
    """Return a class of risk with its rate."""
    return f"{CLASSES[name]} ({rate_words(rates().jkk[name].rate)})"


def month_words(text: str | None) -> str:
    """Return November 2025 for 2025-11; empty for none."""
    month = month_from(text)
    return month_long(month.first_day) if month else ""


def span_of_months(first: str | None, last: str | None, months: int) -> str:
    """Say which months, and how many."""
    if not first or not last:
        return str(_("%(num)s months", num=number(months)))
    if first == last:
        return month_words(first)
    return str(
        _(
            "%(first)s to %(last)s, %(num)s months",
            first=month_words(first),
            last=month_words(last),
            num=number(months),
        )
    )


def caution_words(step: dict[str, Any]) -> str:
    """Say what a reader must know beside the numbers."""
    match step["code"]:
        case "no_cover_for_the_past":
            words = _(
                "JKK and JKM cannot be bought for months that are over: nobody was covered then. The "
                "figure only shows what the employer saved."
            )
        case "assumed_wage":
            words = _(
                "Nobody knows the wage. The minimum wage was taken instead, so the figure is a lower one."
            )
        case "jkp_inside_jkk":
            words = _(
                "JKP costs the employer nothing more: %(share)s points of the JKK rate are moved into "
                "it, the rest is paid by the state.",
                share=number(Decimal(step["share"])),
            )
        case "ceiling_not_known":
            words = _(
                "The wage ceiling of JP from %(month)s on is not known yet. The one before was taken.",
                month=month_words(step["month"]),
            )
        case "ceiling_not_checked":
            words = _("Somebody said that the wage lies below the ceiling of JP. It was not looked up.")
        case "beyond_scale":
            words = _(
                "By its size (%(size)s) the employer must join %(required)s. Other programmes were "
                "counted, too.",
                size=SIZES[step["scale"]],
                required=step["required"],
            )
        case "not_registered":
            words = _(
                "The charge of 2 percent is for registered employers who pay late. For one that is not "
                "registered it shows what would have been due."
            )
        case "holidays_not_known":
            words = _(
                "The public holidays of %(year)s are not known. Only weekends moved the last day to pay.",
                year=step["year"],
            )
        case "fine_step_ended":
            words = _(
                "The step of the fine lasts at most %(num)s days (not confirmed). After it the branch "
                "asks that public services be withheld (TMP2T).",
                num=number(step["days"]),
            )
        case "value_without_vat":
            words = _(
                "The value without VAT is counted. With VAT it is %(value)s.", value=rupiah(step["with_vat"])
            )
        case _:
            words = _("These numbers of law are not confirmed yet: %(what)s.", what=unconfirmed(step["what"]))
    return str(words)


def unconfirmed(what: str) -> str:
    """Put the names of unconfirmed numbers into words."""
    return ", ".join(_number_name(one) for one in what.split(", "))


def _number_name(name: str) -> str:
    if name == "minimum wage":
        return str(_("minimum wage"))
    if name.startswith("JP ceiling "):
        return str(_("JP ceiling from %(month)s on", month=month_words(name.removeprefix("JP ceiling "))))
    return str(_("rate of %(programme)s", programme=name))


def day_words(text: str | None) -> str:
    """Return 20 November 2026 for 2026-11-20; empty for none."""
    return day(date.fromisoformat(text)) if text else ""


FILTERS = {
    "caution": caution_words,
    "day_of": day_words,
    "estimate_type": lambda kind: TYPES[EstimateType(kind)],
    "month_of": month_words,
    "programme_name": lambda programme: PROGRAMME_NAMES[Programme(programme)],
    "rate": rate_words,
    "what_it_counts": lambda kind: WHAT_IT_COUNTS[EstimateType(kind)],
}
