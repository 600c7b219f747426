"""What an estimate says: whole rupiah, and every step that leads to them."""

from dataclasses import dataclass, field
from typing import Any

from ombudsman_app.employers.states import RULES, Programme

NOT_A_BILL = "Perkiraan, bukan tagihan."  # employers.md §8: on every output
LABEL: str = RULES.arrears_estimate["label_id"]
DISCLAIMER: str = f"{NOT_A_BILL} {RULES.arrears_estimate['disclaimer_id']}"


@dataclass(frozen=True)
class Step:
    """One step of the calculation. `kind` says which; values are ready for JSON, rates are text."""

    kind: str
    values: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"step": self.kind, **self.values}


@dataclass(frozen=True)
class Estimate:
    """One estimate. What a type does not know is None. Late charge and fine are never in the total."""

    total: int
    steps: tuple[Step, ...]
    per_programme: dict[Programme, int] = field(default_factory=dict)
    per_worker_month: dict[str, int] | None = None  # of the last month, by programme and in total
    late_charge: int | None = None
    admin_fine_per_month: int | None = None
    assumed_wage: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the shape of design.md §2."""
        return {
            "total": self.total,
            "per_programme": {programme.value: amount for programme, amount in self.per_programme.items()},
            "per_worker_month": self.per_worker_month,
            "late_charge": self.late_charge,
            "admin_fine_per_month": self.admin_fine_per_month,
            "assumed_wage": self.assumed_wage,
            "steps": [step.as_json() for step in self.steps],
            "disclaimer": DISCLAIMER,
        }


def caution(code: str, **values: Any) -> Step:
    """Return a warning that the reader must know, by its code."""
    return Step("caution", {"code": code, "says": CAUTIONS[code].format(**values), **values})


# English for the command line; pages own their sentences by `code`.
CAUTIONS = {
    "no_cover_for_the_past": "JKK and JKM cannot buy cover for the past: the figure shows what was saved.",
    "assumed_wage": "The wage is not known: a minimum wage was taken.",
    "jkp_inside_jkk": "JKP costs the employer nothing more: {share} points of JKK are moved into it.",
    "ceiling_not_known": "The JP ceiling from {month} on is not known yet: the one before was taken.",
    "ceiling_not_checked": "The JP ceiling was said to be above the wage and was not looked up.",
    "beyond_scale": "The size {scale} requires {required}; other programmes were asked.",
    "not_registered": "The late charge is for registered employers; it shows what would have been due.",
    "holidays_not_known": "Holidays of {year} are not known: only weekends moved the last days of payment.",
    "fine_step_ended": "The step of the fine lasts {days} days at most (not confirmed); then comes TMP2T.",
    "value_without_vat": "The value without VAT is used; with VAT it is {with_vat}.",
    "unverified": "These numbers of law were not confirmed: {what}.",
}
