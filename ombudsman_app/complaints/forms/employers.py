"""What officers give when they link an employer to a complaint or information."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from ombudsman_app.core import limits
from ombudsman_app.employers.commands import EmployerInput
from ombudsman_app.employers.formats import KINDS
from ombudsman_app.employers.forms.fields import PutsIntoRegister
from ombudsman_app.employers.queries import PlaceChoice
from ombudsman_app.employers.states import EmployerKind
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.paging import read_id

from .case import reason_box


class LinkEmployerForm(BaseForm):
    """Which employer of the register is meant?"""

    employer = HiddenField()

    @property
    def employer_id(self) -> int | None:
        return read_id(self.employer.data)


class NewEmployerForm(PutsIntoRegister, BaseForm):
    """An employer that is not in the register yet: as little as it takes to find it again."""

    name = StringField(
        _l("Name, with PT, CV or UD"),
        filters=[stripped],
        validators=[InputRequired(_l("Write the name of the employer.")), *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME, "autocomplete": "off"},
    )
    kind = SelectField(
        _l("What is it?"), choices=[SelectChoice(str(kind), word) for kind, word in KINDS.items()]
    )
    region = SelectField(_l("Regency or city"), default="", validators=[Optional()])
    sure = BooleanField(_l("It is none of these: put it into the register"))

    def __init__(self, *, places: Sequence[PlaceChoice], name: str = "") -> None:
        super().__init__(data={"name": name[: limits.NAME]})
        several = len({place.province for place in places}) > 1
        named = [
            SelectChoice(str(place.id), f"{place.name}, {place.province}" if several else place.name)
            for place in places
        ]
        self.region.choices = [SelectChoice("", _("Not known")), *named]

    def to_input(self) -> EmployerInput:
        region: Any = self.region.data
        return EmployerInput(
            name=self.name.data, kind=EmployerKind(self.kind.data), region_id=int(region) if region else None
        )


class UnlinkEmployerForm(BaseForm):
    """Why is it not this employer?"""

    reason = reason_box(_l("Why is it not this employer?"), _l("Write why."))
