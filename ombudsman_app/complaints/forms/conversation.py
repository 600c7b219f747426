"""What office and reporter write to each other, and what the office notes for itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from ombudsman_app.core import limits
from ombudsman_app.core.sealing import random_token
from ombudsman_app.web.forms import BaseForm

from .fields import stripped, told


class SentOnceForm(BaseForm):
    """A form with a key of its own, so that sending it twice acts once (DI4)."""

    form_key = HiddenField(default=random_token, validators=[Length(max=limits.FORM_KEY)])


class _TextForm(SentOnceForm):
    """One text. `prefix` keeps the ids of two such forms on one page apart."""

    @property
    def text(self) -> str:
        written: str = self["body"].data or ""
        return written

    @property
    def key(self) -> str:
        sent: str = self.form_key.data or ""
        return sent


def _box(label: Any, missing: Any, limit: int, rows: int) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[InputRequired(missing), *told(limit)],
        render_kw={"rows": rows, "maxlength": limit},
    )


class MessageForm(_TextForm):
    """A message to the reporter, or from the reporter to the office."""

    body = _box(_l("Your message"), _l("Write your message first."), limits.MESSAGE, 4)


class NoteForm(_TextForm):
    """A note that only the office reads."""

    body = _box(_l("Note"), _l("Write the note first."), limits.NOTE, 3)
