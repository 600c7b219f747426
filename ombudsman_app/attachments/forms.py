"""What people type about files."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from ombudsman_app.core import limits
from ombudsman_app.web.forms import BaseForm


class OriginalForm(BaseForm):
    """Why must the file be opened as it came?"""

    reason = TextAreaField(
        _l("Why must you open the original?"),
        validators=[
            InputRequired(_l("Write the reason.")),
            Length(limits.REASON_LEAST, limits.REASON, _l("Write the reason in a sentence.")),
        ],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )
