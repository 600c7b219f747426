"""An estimate laid out for readers: the page, the paper and the sheet tell it from here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.web.charts.bars import Bar, bars
from ombudsman_app.web.formats import number, rupiah

from .estimate_words import (
    PROGRAMME_NAMES,
    caution_words,
    class_words,
    day_words,
    month_words,
    rate_words,
    span_of_months,
)
from .estimates.fields import EstimateType
from .models import EmployerEstimate
from .states import Programme

Steps = Sequence[dict[str, Any]]
_LINES = ("programme",)


@dataclass(frozen=True)
class Portion:
    """Months that cost the same: what was taken, and a line for each programme."""

    title: str
    said: str
    lines: Steps


@dataclass(frozen=True)
class Shown:
    """One estimate. `late` and `fine` are steps of their own: they never join the total."""

    given: list[tuple[str, str]]
    bars: list[Bar]
    portions: list[Portion]
    slices: Steps
    slice_sums: Steps
    bills: Steps
    warning: dict[str, Any] | None
    fine_total: dict[str, Any] | None
    late: dict[str, Any] | None
    fine: dict[str, Any] | None
    cautions: list[str]


def shown(estimate: EmployerEstimate) -> Shown:
    """Lay out a kept estimate. No statement."""
    result, steps = estimate.result, estimate.result["steps"]
    parts = [(str(PROGRAMME_NAMES[Programme(p)]), amount) for p, amount in result["per_programme"].items()]
    return Shown(
        given=given_words(estimate.kind, estimate.inputs),
        bars=bars(parts),
        portions=list(_portions(steps)),
        slices=_of(steps, "slice"),
        slice_sums=_of(steps, "slices_sum"),
        bills=_of(steps, "bill"),
        warning=_one(steps, "warning_2"),
        fine_total=_one(steps, "fine"),
        late=_one(steps, "late_charge"),
        fine=_one(steps, "admin_fine"),
        cautions=[caution_words(step) for step in _of(steps, "caution")],
    )


def _of(steps: Steps, kind: str) -> Steps:
    return [step for step in steps if step["step"] == kind]


def _one(steps: Steps, kind: str) -> dict[str, Any] | None:
    return next(iter(_of(steps, kind)), None)


def _portions(steps: Steps) -> Iterator[Portion]:
    held: list[dict[str, Any]] = []
    for step in reversed(steps):
        if step["step"] in _LINES:
            held.insert(0, step)
        elif step["step"] == "months":
            title = span_of_months(step["from"], step["to"], step["months"])
            yield Portion(title, " ".join(_portion_words(step)), held)
            held = []


def _portion_words(step: dict[str, Any]) -> Iterator[str]:
    """Say what was taken for these months."""
    workers, wage = number(step["workers"]), rupiah(step["wage"])
    if step["minimum_wage_of"]:
        yield _(
            "%(workers)s workers, minimum wage of %(place)s: %(wage)s a month.",
            workers=workers,
            place=step["minimum_wage_of"],
            wage=wage,
        )
    else:
        yield _("%(workers)s workers, wage %(wage)s a month.", workers=workers, wage=wage)
    if step["reported_wage"]:
        gap = rupiah(step["wage"] - step["reported_wage"])
        reported = rupiah(step["reported_wage"])
        yield _("Reported was %(reported)s, so %(gap)s are missing.", reported=reported, gap=gap)
    if step["jp_ceiling"]:
        yield _("JP is paid of at most %(ceiling)s.", ceiling=rupiah(step["jp_ceiling"]))


def given_words(kind: EstimateType, inputs: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed, question by question, in the words of the reader."""
    return [
        (str(label), words)
        for name, label in _labels(kind).items()
        if (value := inputs.get(name)) is not None and (words := _said(name, value))
    ]


def _labels(kind: EstimateType) -> dict[str, Any]:
    return {
        "workers": _("Workers"),
        "wage": _("Wage a month"),
        "true_wage": _("Wage that is paid"),
        "reported_wage": _("Wage that was reported"),
        "from": _("First month"),
        "to": _("Last month"),
        "jkk_class": _("Class of risk (JKK)"),
        "programs": _("Missing programmes") if kind is EstimateType.PDS_PROGRAM else _("Programmes"),
        "billed": _("Billed a month"),
        "paid": _("Paid a month"),
        "bills": _("Months billed"),
        "paid_on": _("Paid on"),
        "contribution_per_month": _("Contribution of one month"),
        "warning_2_received_on": _("Second warning received on"),
        "warning_2_ended_on": _("Second warning ended on"),
        "until": _("Counted up to"),
        "contract_value_without_vat": _("Value without VAT"),
        "contract_value_with_vat": _("Value with VAT"),
    }


def _said(name: str, value: Any) -> str:
    tell: Callable[[Any], str] = _SAID.get(name, rupiah)
    return tell(value)


_SAID: dict[str, Callable[[Any], str]] = {
    "workers": number,
    "bills": lambda bills: number(len(bills)),
    "jkk_class": class_words,
    "programs": ", ".join,
    **dict.fromkeys(("from", "to"), month_words),
    **dict.fromkeys(("paid_on", "until", "warning_2_received_on", "warning_2_ended_on"), day_words),
}


def sheet_rows(estimate: EmployerEstimate) -> Iterator[tuple[Any, ...]]:
    """Yield the steps as rows of a sheet: see `estimate_papers.columns`."""
    span: tuple[Any, ...] = (None, None)
    for step in estimate.result["steps"]:
        kind = step["step"]
        if kind == "months":
            span = (step["from"], step["to"])
            words = " ".join(_portion_words(step))
            yield _row(_("Months"), span, words=words, workers=step["workers"], months=step["months"])
        elif kind == "programme":
            yield _row(
                str(PROGRAMME_NAMES[Programme(step["programme"])]),
                span,
                words=step["formula"],
                base=step["base"],
                rate=step["rate"],
                each=step["per_worker_month"],
                workers=step["workers"],
                months=step["months"],
                amount=step["amount"],
            )
        else:
            yield from _other_rows(step)


def _other_rows(step: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    match step["step"]:
        case "slice":
            label = _("Slice from %(start)s on", start=rupiah(step["from"]))
            yield _row(label, words=step["formula"], base=step["value"])
        case "slices_sum":
            label = str(PROGRAMME_NAMES[Programme(step["programme"])])
            yield _row(label, words=step["formula"], amount=step["amount"])
        case "bill":
            month = step["month"]
            yield _row(
                _("Bill"), (month, month), words=_bill_words(step), base=step["billed"], amount=step["open"]
            )
        case "late_charge":
            label = _("Charge for late payment, beside the total")
            yield _row(
                label, words=f"{step['formula']} ({step['legal']})", rate=step["rate"], amount=step["amount"]
            )
        case "admin_fine":
            label = _("Administrative fine a month, beside the total")
            yield _row(
                label, words=step["formula"], base=step["base"], rate=step["rate"], amount=step["amount"]
            )
        case "fine":
            label = _("Administrative fine")
            yield _row(
                label, words=step["formula"], base=step["base"], months=step["months"], amount=step["amount"]
            )
        case "warning_2":
            yield _row(_("Second warning"), words=warning_words(step))
        case _:
            yield _row(_("Note"), words=caution_words(step))


def _bill_words(step: dict[str, Any]) -> str:
    due = day_words(step["due_on"])
    if not due:
        return str(step["formula"])
    said = _("to be paid by %(day)s", day=due)
    return f"{step['formula']}; {said}"


def warning_words(step: dict[str, Any]) -> str:
    """Say when the second warning ended."""
    ended = day_words(step["ended_on"])
    if step["received_on"]:
        received = day_words(step["received_on"])
        return str(
            _(
                "The second warning came on %(day)s. With %(num)s working days it ended on %(ended)s.",
                day=received,
                num=number(step["working_days"]),
                ended=ended,
            )
        )
    return str(_("The second warning ended on %(ended)s.", ended=ended))


def _row(
    label: str,
    span: tuple[Any, ...] = (None, None),
    *,
    words: str,
    base: int | None = None,
    rate: str | None = None,
    each: int | None = None,
    workers: int | None = None,
    months: int | None = None,
    amount: int | None = None,
) -> tuple[Any, ...]:
    exact = float(rate) if rate is not None else None
    return (label, *span, base, exact, each, workers, months, amount, words)


FILTERS = {"estimate_shown": shown, "rate_words": rate_words, "warning_words": warning_words}
