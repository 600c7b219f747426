"""The questions of the wizard: one small form each."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional, Regexp

from ombudsman_app.core import limits
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import BaseForm

from .choices import CONFIDENTIALITIES, MARITAL_STATUSES, SUBSTANCES, TOLD_FIRST, URGENCIES, offered
from .fields import DayField

_PHONE = r"^\+?[0-9][0-9 ().\-]{5,}$"
_EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"


def _line(label: Any, autocomplete: str, presence: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[presence, *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME, "autocomplete": autocomplete},
    )


class ServiceForm(BaseForm):
    """Which service was it about?"""

    substance = RadioField(
        _l("Which service was it about?"),
        choices=offered(SUBSTANCES),
        validators=[InputRequired(_l("Choose the service that fits best."))],
    )


class NarrativeForm(BaseForm):
    """What happened?"""

    narrative = TextAreaField(
        _l("Tell what happened"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Tell what happened, in your own words.")),
            *told(limits.NARRATIVE, limits.NARRATIVE_LEAST),
        ],
        render_kw={"rows": 9, "maxlength": limits.NARRATIVE},
    )


class NarrativeAndEmployerForm(NarrativeForm):
    """What happened, and which company it has to do with, if any: it is told nothing of this."""

    employer_name = _line(_l("Name of the company"), "organization", Optional())
    employer_place = _line(_l("Place of the company"), "off", Optional())


class WhenForm(BaseForm):
    """When was it?"""

    event_on = DayField(_l("Day on which it happened"))
    is_continuing = BooleanField(_l("It is still going on, or I am still waiting"))


class ToldForm(BaseForm):
    """Was the office told first?"""

    told_first = RadioField(
        _l("Did you tell the office or its superior first?"),
        choices=offered(TOLD_FIRST),
        validators=[InputRequired(_l("Choose one of the answers. Each of them is fine."))],
    )
    prior_effort_on = DayField(_l("When did you tell them?"))
    prior_effort = TextAreaField(
        _l("Whom did you tell, and what did they answer?"),
        filters=[stripped],
        validators=[Optional(), *told(limits.PRIOR_EFFORT)],
        render_kw={"rows": 4, "maxlength": limits.PRIOR_EFFORT},
    )


class RemedyForm(BaseForm):
    """What should happen?"""

    requested_remedy = TextAreaField(
        _l("What do you ask for?"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REMEDY)],
        render_kw={"rows": 5, "maxlength": limits.REMEDY},
    )


class UrgencyForm(BaseForm):
    """Is somebody in danger? (RCO criteria of complaints.yaml)"""

    urgency = RadioField(
        _l("Is somebody in danger because of this?"),
        choices=offered(URGENCIES),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )


class ConfidentialityForm(BaseForm):
    """May the office know your name?"""

    confidentiality = RadioField(
        _l("May the office know your name?"),
        choices=offered(CONFIDENTIALITIES),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )


class IdentityForm(BaseForm):
    """Who are you? F1–F5 of the formal requirements; each may be left open for now."""

    full_name = StringField(
        _l("Full name"), filters=[stripped], validators=[Optional(), *told(limits.NAME)],
        render_kw={"autocomplete": "name", "maxlength": limits.NAME},
    )  # fmt: skip
    phone = TelField(
        _l("Phone or WhatsApp number"),
        filters=[stripped],
        validators=[
            Optional(),
            *told(limits.PHONE),
            Regexp(_PHONE, message=_l("Write the number with digits, like this: 0812 3456 7890.")),
        ],
        render_kw={"autocomplete": "tel", "maxlength": limits.PHONE, "inputmode": "tel"},
    )
    email = EmailField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[
            Optional(),
            *told(limits.EMAIL),
            Regexp(_EMAIL, message=_l("Write the address like this: nama@contoh.id.")),
        ],
        render_kw={"autocomplete": "email", "maxlength": limits.EMAIL},
    )
    birth_place = StringField(
        _l("Place of birth"), filters=[stripped], validators=[Optional(), *told(limits.LINE)],
        render_kw={"maxlength": limits.LINE},
    )  # fmt: skip
    birth_date = DayField(_l("Date of birth"), render_kw={"autocomplete": "bday"})
    marital_status = RadioField(
        _l("Marital status"), choices=offered(MARITAL_STATUSES), validators=[Optional()], default=""
    )
    occupation = StringField(
        _l("Occupation"), filters=[stripped], validators=[Optional(), *told(limits.LINE)],
        render_kw={"autocomplete": "organization-title", "maxlength": limits.LINE},
    )  # fmt: skip
    address = TextAreaField(
        _l("Full address"), filters=[stripped], validators=[Optional(), *told(limits.ADDRESS)],
        render_kw={"rows": 3, "autocomplete": "street-address", "maxlength": limits.ADDRESS},
    )  # fmt: skip


class EmployerForm(BaseForm):
    """Which company? It is never the respondent (`complaints.yaml` jurisdiction)."""

    employer_name = _line(
        _l("Name of the company"), "organization", InputRequired(_l("Write the name of the company."))
    )
    employer_place = _line(_l("Place of the company"), "off", Optional())


class SendForm(BaseForm):
    """Nothing but the token: all answers lie in the draft."""
