"""What people type at the door, at their own account, and to show once more who they are."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from ombudsman_app.accounts import passwords, second_factor
from ombudsman_app.accounts.commands import PasswordChange, SignIn
from ombudsman_app.accounts.passwords import Weakness
from ombudsman_app.accounts.queries import Credentials
from ombudsman_app.core import limits
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.proof import CODE, CODE_BY

_SIGN_IN_EMAIL = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_CURRENT_PASSWORD = {"autocomplete": "current-password"}
_NEW_PASSWORD = {"autocomplete": "new-password"}
# Codes of the app are digits: phones show large ones, and offer a code that they know. Recovery codes have
# letters, which such a keyboard lacks.
_APP_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
_RECOVERY_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


def normalised_email(typed: str) -> str:
    """Return the form in which addresses are kept and compared."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


def words_of(weakness: Weakness, *, has_second_factor: bool) -> str:
    """Return what a person reads about a weak password (AU1)."""
    least = passwords.least_characters(has_second_factor=has_second_factor)
    words: dict[Weakness, str] = {
        Weakness.TOO_SHORT: _(
            "Use at least %(num)d characters. Four or five words are easy to keep in mind.", num=least
        ),
        Weakness.TOO_LONG: _("This password is too long. Use fewer than 200 characters."),
        Weakness.COMMON: _("Others would try this early. Add words that nobody connects with you."),
    }
    return words[weakness]


class _CodeForm(BaseForm):
    """A form with a code of the app, or in its place a recovery code. Each kind has its keyboard."""

    code_field = "code"
    switch_field = "code_by"  # the button that asks for the other kind and sends nothing

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        if not second_factor.is_demanded():
            del self[self.code_field]

    @property
    def has_code(self) -> bool:
        return self.code_field in self

    @property
    def is_switched(self) -> bool:
        """Whether the person asked for the field of a recovery code."""
        return self.switch_field in request.form

    @property
    def asks_for_recovery_code(self) -> bool:
        typed = request.form.get(self.code_field, "")
        return self.is_switched or second_factor.looks_like_recovery_code(typed)

    @property
    def code_to_show(self) -> Any:
        """Return the field of the code, labelled for the kind that is asked for, always empty."""
        field = self[self.code_field]
        field.data = None
        if self.asks_for_recovery_code:
            field.label.text, field.render_kw = _("Recovery code"), _RECOVERY_CODE
        return field


class SignInForm(_CodeForm):
    """An address, a password and a code; nothing is said about any of them alone (AU3)."""

    email = EmailField(
        _l("E-mail"),
        validators=[InputRequired(_l("Write your e-mail address.")), Length(max=limits.EMAIL)],
        filters=[lambda typed: typed.strip() if typed else typed],
        render_kw=_SIGN_IN_EMAIL,
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Write your password.")), Length(max=limits.PASSWORD_BYTES)],
        render_kw=_CURRENT_PASSWORD,
    )
    code = StringField(_l("Six-digit code"), validators=[Length(max=limits.CODE)], render_kw=_APP_CODE)

    def say_wrong(self) -> None:
        """Say the one sentence for whatever was wrong."""
        if self.has_code:
            words = _(
                "The e-mail address, the password or the code is not right. Each code works once: wait for "
                "the next one."
            )
        else:
            words = _("The e-mail address or the password is not right.")
        self.password.errors = [words]

    def to_input(self, *, address: str, browser: str, ends_session: str | None) -> SignIn:
        return SignIn(
            email=normalised_email(self.email.data or ""),
            password=self.password.data or "",
            code=(self.code.data or "") if self.has_code else "",
            address=address,
            browser=browser,
            ends_session=ends_session,
        )


class ForgottenForm(BaseForm):
    """The address to which a link goes, if it has an account (AU3)."""

    email = EmailField(
        _l("E-mail"),
        validators=[InputRequired(_l("Write your e-mail address.")), Length(max=limits.EMAIL)],
        filters=[lambda typed: typed.strip() if typed else typed],
        render_kw=_SIGN_IN_EMAIL,
    )

    @property
    def address(self) -> str:
        return normalised_email(self.email.data or "")


class ProofForm(_CodeForm):
    """Password and code once more, on the page between a grave act and its form (web/proof.py)."""

    code_field, switch_field = CODE, CODE_BY

    proof_password = PasswordField(_l("Password"), render_kw=_CURRENT_PASSWORD)
    proof_code = StringField(_l("Six-digit code"), render_kw=_APP_CODE)


def proof_form(details: Mapping[str, Any]) -> ProofForm:
    """Make the form of the proof; `details` of the refusal say whether one was wrong."""
    form = ProofForm(formdata=None)
    if details.get("is_empty"):
        form.proof_password.errors = [_("Write your password.")]
    elif details.get("is_wrong"):
        words = _("The password or the code is not right. Each code works once: wait for the next one.")
        form.proof_password.errors = [words if form.has_code else _("The password is not right.")]
    return form


def sign_in_form(_details: Mapping[str, Any]) -> SignInForm:
    """Make an empty form of the sign-in, for the page that follows an ended session."""
    return SignInForm(formdata=None)


FORMS_OF_REFUSALS = {"sign_in_too_old": proof_form, "session_ended": sign_in_form}


class _OldPassword:
    """A field that comes before those of the form it is joined to."""

    old_password = PasswordField(
        _l("Current password"),
        validators=[InputRequired(_l("Write your password.")), Length(max=limits.PASSWORD_BYTES)],
        render_kw=_CURRENT_PASSWORD,
    )


class NewPasswordForm(BaseForm):
    """A new password, typed twice."""

    password = PasswordField(
        _l("New password"),
        validators=[InputRequired(_l("Choose a password."))],
        render_kw=_NEW_PASSWORD,
    )
    again = PasswordField(
        _l("The same password once more"),
        validators=[
            InputRequired(_l("Type the same password once more.")),
            EqualTo("password", _l("The two passwords differ. Type both again.")),
        ],
        render_kw=_NEW_PASSWORD,
    )

    def __init__(self, held: Credentials, **more: Any) -> None:
        super().__init__(**more)
        self._own_words = (held.name, held.email)
        # Until the second factor stands, the password alone guards the account: who has it could enrol.
        self.has_second_factor = held.has_second_factor and second_factor.is_demanded()

    @property
    def least_characters(self) -> int:
        return passwords.least_characters(has_second_factor=self.has_second_factor)

    def validate_password(self, field: PasswordField) -> None:
        """Say what is wrong with a weak password (AU1)."""
        found = passwords.weakness(
            field.data or "", own_words=self._own_words, has_second_factor=self.has_second_factor
        )
        if found is not None:
            raise ValidationError(words_of(found, has_second_factor=self.has_second_factor))


class ChangePasswordForm(_OldPassword, NewPasswordForm):
    """The same for who knows the old one."""

    def say_wrong(self) -> None:
        """Say that the old password does not fit."""
        self.old_password.errors = [_("This is not your current password.")]

    def to_input(self, *, session: str, address: str) -> PasswordChange:
        return PasswordChange(
            old=self.old_password.data or "", new=self.password.data or "", session=session, address=address
        )


class EnrolForm(BaseForm):
    """The first code of an app, which shows that it knows the secret."""

    first_code = StringField(
        _l("Six-digit code"),
        validators=[InputRequired(_l("Write the code that the app shows.")), Length(max=limits.CODE)],
        render_kw=_APP_CODE,
    )

    def __init__(self, secret: str, **more: Any) -> None:
        super().__init__(**more)
        self._secret = secret
        self.step = 0  # of the code, once it was found right

    def validate_first_code(self, field: StringField) -> None:
        """Compare the code with the secret of the picture."""
        step = second_factor.fitting_step(self._secret, field.data or "")
        if step is None:
            words = _("This code does not fit. Write the one shown now. Is the clock of your phone right?")
            raise ValidationError(words)
        self.step = step

    def say_too_old(self) -> None:
        """Say that the picture was replaced by another one."""
        self.first_code.errors = [_("That picture was too old. Scan this one and write its code.")]


class EndSessionForm(BaseForm):
    """Which session is to end."""

    session = HiddenField(validators=[InputRequired(), Length(max=limits.ID_DIGITS)])

    @property
    def session_id(self) -> int | None:
        text = self.session.data or ""
        return int(text) if text.isascii() and text.isdigit() else None
