"""The base of every form: our words, our token, and a sentence where the gate took something out."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, request
from flask_babel import format_decimal, get_translations
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField

from ombudsman_app.core import limits

from .csrf import SessionCSRF

DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y"]


class _Translations:
    """One catalogue for everything: WTForms has no Indonesian messages."""

    def gettext(self, text: str) -> str:
        translated: str = get_translations().ugettext(text)
        return translated

    def ngettext(self, one: str, many: str, number: int) -> str:
        translated: str = get_translations().ungettext(one, many, number)
        return translated


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Derive every form from this one. Unknown fields are ignored (AZ7)."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf_class = SessionCSRF
        csrf = True

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read forms alone: JSON has passed no gate and is no form of ours (IN1)."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

        def get_translations(self, _form: Any) -> _Translations:
            return _Translations()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Validate, and tell where the gate had to take something out (`web/gate.py`)."""
        is_valid: bool = super().validate(extra_validators=extra_validators)
        for name in g.get("cleaned_fields", ()):
            if name in self._fields:
                self._fields[name].errors = [
                    *self._fields[name].errors,
                    _("Some characters here cannot be stored and were removed. Check it and send again."),
                ]
                is_valid = False
        for name in g.get("cut_fields", ()):
            if name in self._fields:
                self._fields[name].errors = [
                    _(
                        "This text was longer than %(num)s characters and its end was cut off. "
                        "Shorten it and send it again.",
                        num=format_decimal(limits.FIELD_CHARACTERS),
                    )
                ]
                is_valid = False
        return is_valid


class DayField(DateField):  # type: ignore[misc]  # WTForms has no types
    """A day, typed in any of the usual ways, kept as typed when it cannot be read."""

    data: Any

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, format=DATE_FORMATS, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([" ".join(valuelist).strip()] if any(valuelist) else [])
        except ValueError:
            self.data = None
            raise ValueError(_("Write the day like this: 20-11-2026.")) from None
