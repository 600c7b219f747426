"""What people type at the door."""

import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.web.forms import BaseForm

from . import passwords
from .commands import SignIn
from .passwords import Weakness
from .queries import Credentials

_WEAKNESSES = {
    Weakness.TOO_SHORT: _l("Use at least 15 characters. Four or five words are easy to keep in mind."),
    Weakness.TOO_LONG: _l("This password is too long. Use fewer than 200 characters."),
    Weakness.COMMON: _l("Others would try this early. Add words that nobody connects with you."),
}
_SIGN_IN_EMAIL = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


def normalised_email(typed: str) -> str:
    """Return the form in which addresses are kept and compared."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


class SignInForm(BaseForm):
    """An address and a password; nothing is said about either of them alone (AU3)."""

    email = EmailField(
        _l("E-mail"),
        validators=[InputRequired(_l("Write your e-mail address.")), Length(max=limits.EMAIL)],
        filters=[lambda typed: typed.strip() if typed else typed],
        render_kw=_SIGN_IN_EMAIL,
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Write your password.")), Length(max=limits.PASSWORD_BYTES)],
        render_kw={"autocomplete": "current-password"},
    )

    def to_input(self, *, address: str, browser: str, ends_session: str | None) -> SignIn:
        return SignIn(
            email=normalised_email(self.email.data or ""),
            password=self.password.data or "",
            address=address,
            browser=browser,
            ends_session=ends_session,
        )


class FirstPasswordForm(BaseForm):
    """A new password, typed twice."""

    password = PasswordField(
        _l("New password"),
        validators=[InputRequired(_l("Choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same password once more"),
        validators=[
            InputRequired(_l("Type the same password once more.")),
            EqualTo("password", _l("The two passwords differ. Type both again.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, held: Credentials, **more: Any) -> None:
        super().__init__(**more)
        self._own_words = (held.name, held.email)

    def validate_password(self, field: PasswordField) -> None:
        """Say what is wrong with a weak password (AU1)."""
        found = passwords.weakness(field.data or "", own_words=self._own_words)
        if found is not None:
            raise ValidationError(_WEAKNESSES[found])
