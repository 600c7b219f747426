"""What administrators type about others."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from ombudsman_app.accounts.commands import Invitation, NewUser, Reset
from ombudsman_app.accounts.formats import ROLE_WORDS
from ombudsman_app.accounts.queries import GRANT_ZONE
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office
from ombudsman_app.web.fields import stripped
from ombudsman_app.web.forms import BaseForm, DayField

from .door import normalised_email

_EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"


class GrantForm(BaseForm):
    """A role, at an office, for how long."""

    role = SelectField(_l("Role"), validators=[InputRequired(_l("Choose a role."))])
    office = SelectField(_l("Office"), validators=[InputRequired(_l("Choose an office."))])
    valid_until = DayField(_l("Last day"), validators=[Optional()])

    def __init__(self, offices: Sequence[Office] = (), **more: Any) -> None:
        super().__init__(**more)
        self._offices = {str(office.id): office for office in offices}
        self.role.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(role.value, ROLE_WORDS[role]) for role in Role),
        ]
        self.office.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(key, office.name) for key, office in self._offices.items()),
        ]

    def validate_valid_until(self, field: DayField) -> None:
        """Refuse a last day that is over."""
        if field.data is not None and field.data < today(GRANT_ZONE):
            raise ValidationError(_("This day is over. Leave it empty if the role has no end."))
        if field.data is not None and field.data.year > limits.LATEST_YEAR:
            raise ValidationError(_("Write a nearer day, or leave it empty if the role has no end."))

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)

    @property
    def chosen_office(self) -> Office:
        return self._offices[self.office.data]

    def say_does_not_fit(self) -> None:
        """Say that role and office are of two sides."""
        self.office.errors = [
            _("This role cannot be held there: choose an office of the same side, watching or watched.")
        ]

    def say_held(self) -> None:
        """Say that the person holds it already."""
        self.role.errors = [_("The person holds this role at this office already.")]

    def say_other_side(self) -> None:
        """Say that the person works on the other side."""
        self.role.errors = [
            _(
                "This person holds a role on the other side. Nobody works for the Ombudsman and answers for "
                "an office at once: end the other role first."
            )
        ]


class _Person:
    """Fields that come before those of the form it is joined to."""

    name = StringField(
        _l("Full name"),
        validators=[DataRequired(_l("Write the name.")), Length(max=limits.NAME)],
        filters=[stripped],
    )
    email = EmailField(
        _l("E-mail"),
        validators=[
            InputRequired(_l("Write the e-mail address.")),
            Length(max=limits.EMAIL),
            Regexp(_EMAIL, message=_l("Write the address like this: nama@contoh.id.")),
        ],
        filters=[stripped],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class InvitationForm(_Person, GrantForm):
    """Somebody new, with a first role."""

    def to_input(self) -> Invitation:
        return Invitation(
            NewUser(normalised_email(self.email.data or ""), self.name.data or ""),
            self.chosen_role,
            self.chosen_office,
            self.valid_until.data,
        )

    def say_taken(self) -> None:
        """Say that somebody signs in with this address already."""
        self.email.errors = [_("Somebody signs in with this address already. Give that account the role.")]


class _ReasonForm(BaseForm):
    """Why; it stands on the trail for ever."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            DataRequired(_l("Write the reason.")),
            Length(limits.REASON_LEAST, limits.REASON),
        ],
        filters=[stripped],
        render_kw={"maxlength": limits.REASON},
    )


class EndGrantForm(_ReasonForm):
    """Why a right ends."""


class ResetForm(_ReasonForm):
    """What somebody gets anew."""

    password = BooleanField(_l("Another password, by a link in a mail"))
    phone = BooleanField(_l("Another phone for the codes"))

    def validate_phone(self, _field: BooleanField) -> None:
        """Refuse to reset nothing."""
        if not self.phone.data and not self.password.data:
            raise ValidationError(_("Choose at least one of the two."))

    def to_input(self) -> Reset:
        return Reset(password=self.password.data, phone=self.phone.data, reason=self.reason.data or "")
