"""What people type into pages of the directory."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.web.forms import BaseForm

from .posters import PosterSize


class PosterForm(BaseForm):
    """On which paper."""

    size = RadioField(
        _l("Size of the paper"),
        choices=[
            SelectChoice(PosterSize.A4.value, _l("A4, for the wall beside the counter")),
            SelectChoice(PosterSize.A5.value, _l("A5, for a stand on the counter")),
        ],
        default=PosterSize.A4.value,
        validators=[InputRequired(_l("Choose a size"))],
    )

    def to_size(self) -> PosterSize:
        return PosterSize(self.size.data)
