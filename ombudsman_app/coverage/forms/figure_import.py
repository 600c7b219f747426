"""What somebody writes who decides on a list of figures."""

from flask_babel import lazy_gettext as _l

from ombudsman_app.web.forms import BaseForm

from .fields import reason_box


class ReleaseForm(BaseForm):
    """All proposals of a list are released."""


class SendBackForm(BaseForm):
    """All proposals of a list go back."""

    reason = reason_box(_l("Why do they go back?"))
