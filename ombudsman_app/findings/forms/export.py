"""What is typed to carry findings out of the house."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.web.forms import BaseForm

from .fields import text_box


class ExportForm(BaseForm):
    """Why a sheet is needed."""

    reason = text_box(
        _l("What is the sheet for?"),
        missing=_l("Write what the sheet is for; it stands in the trail."),
        rows=3,
    )


class DecideExportForm(BaseForm):
    """Another person allows a large sheet, or not."""

    verdict = RadioField(
        _l("May these rows leave the house as a sheet?"),
        choices=[SelectChoice("yes", _l("Yes, the reason holds")), SelectChoice("no", _l("No"))],
        validators=[InputRequired(_l("Choose one of the two."))],
    )

    @property
    def is_approved(self) -> bool:
        return bool(self.verdict.data == "yes")
