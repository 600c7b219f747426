"""The questions in their order, each with its address, its form and its place in the row."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from ombudsman_app.complaints import forms
from ombudsman_app.complaints.commands import missing_answers
from ombudsman_app.complaints.states import ANONYMOUS
from ombudsman_app.web.forms import BaseForm


@dataclass(frozen=True)
class Step:
    """One question. `number` counts what the person sees; a side question shares the number before it."""

    slug: str
    number: int
    name: Any
    form: type[BaseForm] = forms.SendForm
    template: str = ""
    keeps_on_phone: bool = True  # never for identity (`design.md` §12)


OFFICE = Step("kantor", 1, _l("The office"))
COUNTER = Step("loket", 1, _l("The counter"))
EMPLOYER = Step("pemberi-kerja", 2, _l("The company"), forms.EmployerForm, "employer")
EVIDENCE = Step("bukti", 7, _l("Evidence"), forms.SendForm, "evidence")
CONFIDENTIALITY = Step("kerahasiaan", 9, _l("Your name"), forms.ConfidentialityForm, "confidentiality")
IDENTITY = Step("identitas", 10, _l("About you"), forms.IdentityForm, "identity", keeps_on_phone=False)
CHECK = Step("periksa", 11, _l("Check and send"))

QUESTIONS = (
    Step("layanan", 2, _l("The service"), forms.ServiceForm, "service"),
    Step("kejadian", 3, _l("What happened"), forms.NarrativeAndEmployerForm, "narrative"),
    Step("waktu", 4, _l("When"), forms.WhenForm, "when"),
    Step("upaya", 5, _l("Told first"), forms.ToldForm, "told"),
    Step("harapan", 6, _l("What you ask"), forms.RemedyForm, "remedy"),
    EVIDENCE,
    Step("mendesak", 8, _l("Urgency"), forms.UrgencyForm, "urgency"),
    CONFIDENTIALITY,
    IDENTITY,
)
TOTAL = CHECK.number
EMPLOYER_SUBSTANCE = "employer_not_registered"

_ROW = (OFFICE, *QUESTIONS, CHECK)
_BY_SLUG = {step.slug: step for step in (*QUESTIONS, EMPLOYER)}


def step_at(slug: str) -> Step | None:
    """Return the question of an address, or None."""
    return _BY_SLUG.get(slug)


def is_about_employer(answers: dict[str, Any]) -> bool:
    """Whether a company is what it is about: it is asked for by a question of its own."""
    return bool(answers.get("substance") == EMPLOYER_SUBSTANCE)


def form_of(step: Step, answers: dict[str, Any]) -> type[BaseForm]:
    """Return the form of a question; what happened asks for no company that was named before."""
    if step.form is forms.NarrativeAndEmployerForm and is_about_employer(answers):
        return forms.NarrativeForm
    return step.form


def step_after(step: Step, answers: dict[str, Any]) -> Step:
    """Return the next question; the company is asked only where it is about an employer.

    Who began with the company has not said yet which office must act, and is not asked for the service.
    """
    is_employer = is_about_employer(answers)
    if step is EMPLOYER and not answers.get("office_id"):
        return OFFICE
    if step is OFFICE and is_employer and answers.get("employer_name"):
        return QUESTIONS[1]
    if step.slug == "layanan" and is_employer:
        return EMPLOYER
    if step is EMPLOYER:
        return QUESTIONS[1]
    if step is CONFIDENTIALITY and is_without_identity(answers):
        return CHECK
    return _ROW[_ROW.index(step) + 1]


def step_before(step: Step, answers: dict[str, Any]) -> Step:
    """Return the question before, for the way back without loss."""
    if step is EMPLOYER:
        return QUESTIONS[0]
    if step.slug == "kejadian" and is_about_employer(answers):
        return EMPLOYER
    if step is CHECK and is_without_identity(answers):
        return CONFIDENTIALITY
    return _ROW[_ROW.index(step) - 1]


def is_without_identity(answers: dict[str, Any]) -> bool:
    """Whether it will be information, not a complaint: then nobody asks who it is."""
    return bool(answers.get("confidentiality") == ANONYMOUS)


def first_missing(answers: dict[str, Any]) -> Step | None:
    """Return the first question that no complaint can do without and that is still open."""
    missing = set(missing_answers(answers))
    if "office_id" in missing:
        return OFFICE
    return next((step for step in QUESTIONS if missing.intersection(fields_of(step))), None)


def fields_of(step: Step) -> tuple[str, ...]:
    """Return the names of the answers that a question asks for."""
    return tuple(name for name in dir(step.form) if hasattr(getattr(step.form, name, None), "field_class"))


def address_of(step: Step, **values: Any) -> str:
    """Return the address of a question; the office and the check page have views of their own."""
    if step is OFFICE:
        return url_for(".office", **values)
    if step is CHECK:
        return url_for(".check", **values)
    return url_for(".question", slug=step.slug, **values)
