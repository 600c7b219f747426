"""What opens one's own complaint: ticket and code."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired

from ombudsman_app.core import limits
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import BaseForm


class FollowForm(BaseForm):
    """Ticket and code."""

    ticket = StringField(
        _l("Ticket number"),
        filters=[stripped],
        validators=[InputRequired(_l("Write the ticket number from your receipt.")), *told(limits.TICKET)],
        render_kw={
            "maxlength": limits.TICKET, "autocomplete": "off", "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )  # fmt: skip
    access_code = StringField(
        _l("Access code"),
        filters=[stripped],
        validators=[InputRequired(_l("Write the access code from your receipt.")), *told(limits.ACCESS_CODE)],
        render_kw={
            "maxlength": limits.ACCESS_CODE, "autocomplete": "off", "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )  # fmt: skip
