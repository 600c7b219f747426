"""Forms of the component page: one field of each kind. Nobody sends them."""

from typing import Any

import wtforms as w
from flask_babel import lazy_gettext as _l
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from .samples import LONG_TEXT, TODAY


class SampleForm(w.Form):  # type: ignore[misc]  # WTForms has no types
    """One field of each kind."""

    name = w.StringField(_l("Full name"), [validators.InputRequired()], default="Demo Sari Wulandari")
    email = w.EmailField(_l("E-mail"), description=_l("A help line stands between label and box."))
    code = w.StringField(_l("Ticket number"), [validators.Length(max=12)])
    happened_on = w.DateField(_l("Day"), default=TODAY)
    closed = w.StringField(_l("Not to be changed"), default=_l("Fixed"), render_kw={"disabled": True})
    service = w.SelectField(
        _l("Service"), choices=[SelectChoice("", "–"), SelectChoice("jht", "JHT"), SelectChoice("jkk", "JKK")]
    )
    story = w.TextAreaField(_l("What happened"), [validators.Length(max=500)], default=LONG_TEXT)
    kind = w.RadioField(
        _l("Kind"),
        choices=[
            SelectChoice("late", _l("It takes too long")),
            SelectChoice("money", _l("Somebody asked for money")),
        ],
        default="late",
    )
    reasons = w.SelectMultipleField(
        _l("Reasons"),
        choices=[
            SelectChoice("a", _l("The rule was not followed")),
            SelectChoice("b", _l("Nobody answered")),
        ],
        default=["a"],
        option_widget=w.widgets.CheckboxInput(),
        widget=w.widgets.ListWidget(prefix_label=False),
    )
    agrees = w.BooleanField(_l("I have read it"), default=True)


class ChecklistForm(w.Form):  # type: ignore[misc]  # WTForms has no types
    """Three lines of a checklist: met, missing with a reason, not judged yet."""

    f1 = w.RadioField(_l("Full name"), default="met")
    f1_reason = w.TextAreaField(_l("Reason"))
    f6 = w.RadioField(_l("Copy of an identity card or passport"), default="missing")
    f6_reason = w.TextAreaField(_l("Reason"), default="Foto KTP tidak terbaca.")
    f8 = w.RadioField(_l("The office or its superior was told first, and it was not solved"))
    f8_reason = w.TextAreaField(_l("Reason"))


class FilterForm(w.Form):  # type: ignore[misc]  # WTForms has no types
    """What a bar of filters holds."""

    service = w.SelectField(
        _l("Service"),
        id="filter-service",
        choices=[SelectChoice("", _l("All")), SelectChoice("jht", "JHT"), SelectChoice("jkk", "JKK")],
    )
    happened_on = w.DateField(_l("Received from"), id="filter-day")


VERDICTS: dict[str, Any] = {
    "met": _l("Met"),
    "missing": _l("Missing"),
    "excepted": _l("Excepted"),
    "seen": _l("Seen by the officer"),
}


def sample_form() -> SampleForm:
    """Return the form with one field refused."""
    form = SampleForm()
    form.code.errors = [_l("Write the ticket number as it stands on your receipt.")]
    return form


def filter_form() -> FilterForm:
    """Return the filters, nothing chosen."""
    return FilterForm()


def checklist_form() -> ChecklistForm:
    """Return the checklist; the copy of an identity may also have been seen."""
    form = ChecklistForm()
    for name in ("f1", "f6", "f8"):
        form[name].choices = [
            SelectChoice(value, label) for value, label in VERDICTS.items() if value != "seen" or name == "f6"
        ]
    form.f1.process(None, "met")
    form.f6.process(None, "missing")
    return form
