"""What office and reporter write to each other, and what the office notes for itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from ombudsman_app.core import limits
from ombudsman_app.core.sealing import random_token
from ombudsman_app.web.fields import stripped, told, whole_number
from ombudsman_app.web.forms import BaseForm


def _key() -> HiddenField:
    """A key of its own, so that the same form sent twice acts once (DI4)."""
    return HiddenField(default=random_token, validators=[Length(max=limits.FORM_KEY)])


def _box(label: Any, missing: Any, limit: int, rows: int) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[DataRequired(missing), *told(limit)],  # blanks alone say nothing
        render_kw={"rows": rows, "maxlength": limit},
    )


class MessageForm(BaseForm):
    """A message to the reporter, or from the reporter to the office."""

    message = _box(_l("Your message"), _l("Write your message first."), limits.MESSAGE, 4)
    message_key = _key()


class CompleteForm(BaseForm):
    """What the reporter writes with what was missing."""

    message = _box(_l("What do you send us?"), _l("Write in a few words what you send."), limits.MESSAGE, 5)
    message_key = _key()


class WithdrawForm(BaseForm):
    """The written wish to end the report."""

    message = _box(
        _l("Why do you want to end your report?"), _l("Write in a few words why."), limits.MESSAGE, 5
    )
    message_key = _key()


class ReceiptForm(BaseForm):
    """Have the signed receipt made."""


class AnswerForm(MessageForm):
    """A message of the office: it says up to which message its page had shown the talk."""

    seen = HiddenField(default="0")

    @property
    def seen_id(self) -> int:
        """Return the id of the last message that was shown; what is no number is none."""
        return whole_number(self.seen.data)


class SettleForm(BaseForm):
    """What the reporter wrote needs no answer."""

    seen = HiddenField(default="0")

    @property
    def seen_id(self) -> int:
        """Return the id of the last message that was shown."""
        return whole_number(self.seen.data)


class NoteForm(BaseForm):
    """A note that only the office reads."""

    note = _box(_l("Note"), _l("Write the note first."), limits.NOTE, 3)
    note_key = _key()
