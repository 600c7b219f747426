"""Fields and checks that forms of findings share."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.core import limits
from ombudsman_app.web.forms import BaseForm


def stripped(value: Any) -> Any:
    """Filter of text fields: outer blanks are nobody's answer."""
    return value.strip() if isinstance(value, str) else value


def whole_number(typed: Any) -> int:
    """Read a hidden number; what is none that the database could hold counts as 0."""
    text = str(typed or "")
    is_number = text.isascii() and text.isdigit() and len(text) <= limits.ID_DIGITS
    return int(text) if is_number else 0


def told(limit: int, least: int = 0) -> list[Any]:
    """Length in characters, with our sentence."""
    most = Length(max=limit, message=_l("Shorten this a little: at most %(max)d characters are possible."))
    if not least:
        return [most]
    return [most, Length(min=least, message=_l("Tell a little more: at least %(min)d characters."))]


def text_box(label: Any, *, missing: Any = None, rows: int = 4, least: int = limits.REASON_LEAST) -> Any:
    """A box for several lines; with `missing` it must be filled, and says so."""
    is_needed = (
        [InputRequired(missing), *told(limits.REASON, least)]
        if missing
        else [Optional(), *told(limits.REASON)]
    )
    return TextAreaField(
        label, filters=[stripped], validators=is_needed, render_kw={"rows": rows, "maxlength": limits.REASON}
    )


class VersionedForm(BaseForm):
    """A form that says which version its page showed (DI2)."""

    version = HiddenField(default="0")

    @property
    def shown_version(self) -> int:
        """Return the version that the page showed; what is no number is none that exists."""
        return whole_number(self.version.data)
