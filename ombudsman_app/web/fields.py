"""Fields and checks that forms of several domains share."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectFieldBase, StringField
from wtforms.validators import InputRequired, Length, Regexp

from .csrf import FIELD
from .forms import BaseForm
from .paging import read_id


class VersionedForm(BaseForm):
    """A form that says which version of the record its page showed (DI2)."""

    version = HiddenField(default="0")

    @property
    def shown_version(self) -> int:
        """Return the version that the page showed; what is no number is none that exists."""
        return whole_number(self.version.data)


def days_box(label: Any, missing: Any) -> StringField:
    """A number of days in figures; text, so that what cannot be read stays as it was typed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[
            InputRequired(missing),
            Regexp(r"[0-9]{1,3}\Z", message=_l("Write the number of days in figures, such as 7.")),
        ],
        render_kw={"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"},
    )


def stripped(value: Any) -> Any:
    """Filter of text fields: outer blanks are nobody's answer."""
    return value.strip() if isinstance(value, str) else value


def whole_number(typed: Any) -> int:
    """Read a hidden number; what is none that the database could hold counts as 0."""
    return read_id(str(typed or "")) or 0


def told(limit: int, least: int = 0) -> list[Any]:
    """Length in characters, with our sentence."""
    most = Length(max=limit, message=_l("Shorten this a little: at most %(max)d characters are possible."))
    if not least:
        return [most]
    return [most, Length(min=least, message=_l("Tell a little more: at least %(min)d characters."))]


def typed(form: Any) -> list[tuple[str, str]]:
    """Return what was typed or chosen, in the words of the page: (label, text)."""
    return [
        (str(field.label.text), text) for field in form if field.name != FIELD and (text := _shown(field))
    ]


def _shown(field: Any) -> str:
    if isinstance(field, HiddenField) or not field.data:
        return ""
    if isinstance(field, SelectFieldBase):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(str(label) for value, label, *_rest in field.iter_choices() if value in chosen)
    return str(field.data)
