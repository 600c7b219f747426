"""Which due days a calendar is to show."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.complaints.models import FeedKind
from ombudsman_app.web.forms import BaseForm


class CalendarForm(BaseForm):
    """A person's own calendar: the own cases, or all of the office."""

    cases = RadioField(
        _l("Which cases should your calendar show?"),
        choices=[
            SelectChoice(FeedKind.MINE.value, _l("The cases that I work on")),
            SelectChoice(FeedKind.OFFICE.value, _l("All open cases of my office")),
        ],
        default=FeedKind.MINE.value,
        validators=[InputRequired(_l("Choose one of the two."))],
    )

    @property
    def kind(self) -> FeedKind:
        return FeedKind(self.cases.data)
