"""What people type about a meeting: its plan, its people, its results, its papers."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.coverage.commands.meeting_people import PersonInput
from ombudsman_app.coverage.commands.meetings import MOST_POINTS, MeetingInput, Point
from ombudsman_app.coverage.meeting_errors import MeetingRefused
from ombudsman_app.coverage.meeting_states import MeetingKind
from ombudsman_app.coverage.meeting_words import KINDS
from ombudsman_app.coverage.models import AgendaItem, MonitoringMeeting
from ombudsman_app.coverage.queries.meetings import BodyChoice
from ombudsman_app.web.fields import VersionedForm, told
from ombudsman_app.web.formats import clock_time
from ombudsman_app.web.forms import BaseForm, DayField

from .meeting_fields import KEY, LIST, line, lines, parted, ticks

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_USUAL_MINUTES = 30  # of a point whose length nobody wrote
_MOST_MINUTES = 600
_MOST_PEOPLE = 300  # at once


class MeetingForm(VersionedForm):
    """The plan of a meeting."""

    office = SelectField(_l("Which office calls it?"), choices=[])
    kind = RadioField(
        _l("What for?"),
        choices=[SelectChoice(one.value, KINDS[one]) for one in MeetingKind],
        validators=[InputRequired(_l("Choose one."))],
    )
    topic = line(_l("Topic"), limits.NAME, _l("Write what the meeting is about."))
    on = DayField(_l("Day"), validators=[InputRequired(_l("Write the day."))])
    at = line(_l("Begins at"), 5, _l("Write the hour."), inputmode="numeric", placeholder="09.00")
    place = line(_l("Venue"), limits.ADDRESS, _l("Write where it takes place."))
    agenda = lines(_l("Agenda"), _l("Write at least one point."), rows=8, most=LIST)
    bodies = ticks(_l("Which bodies are invited?"))
    form_key = HiddenField(validators=KEY)

    def offer(self, offices: Sequence[tuple[int, str]], bodies: Sequence[BodyChoice]) -> None:
        """Set what can be chosen; a single office is no question."""
        self.bodies.choices = [SelectChoice(str(one.id), one.name) for one in bodies]
        if len(offices) > 1:
            self.office.choices = [SelectChoice(str(key), name) for key, name in offices]
        else:
            del self.office

    def fill(self, held: MonitoringMeeting, bodies: Sequence[int]) -> None:
        """Show what is planned."""
        self.version.data, self.kind.data, self.topic.data = str(held.version), held.kind.value, held.topic
        self.place.data, self.on.data = held.place, held.meets_on
        zone = held.representative_office.time_zone
        self.at.data = clock_time(held.starts_at, zone).split(" ")[0]
        self.agenda.data = "\n".join(_written(one) for one in held.agenda)
        self.bodies.data = [str(one) for one in bodies]

    def renew(self) -> None:
        """Give the form of a new page its key."""
        self.form_key.data = uuid4().hex

    def validate_at(self, field: Any) -> None:
        if not _HOUR.fullmatch(field.data or ""):
            raise ValidationError(_("Write the hour like this: 09.00."))

    def validate_agenda(self, field: Any) -> None:
        self._points(field.data)

    def to_input(self) -> MeetingInput:
        found = _HOUR.fullmatch(self.at.data or "")
        return MeetingInput(
            kind=MeetingKind(self.kind.data),
            topic=self.topic.data,
            place=self.place.data,
            on=self.on.data,
            at=time(int(found[1]), int(found[2])) if found else time(),
            agenda=self._points(self.agenda.data),
            bodies=[int(one) for one in self.bodies.data or ()],
            form_key=self.form_key.data or "",
        )

    def refuse(self, refused: MeetingRefused) -> None:
        """Say what cannot be so beside its field."""
        words = {
            "agenda": _("At most %(number)s points, each of a minute at least.", number=MOST_POINTS),
            "bodies": _("Choose bodies of the list."),
            "year": _("Check the year."),
        }
        field = self[refused.details.get("field", "topic")]
        field.errors = [*field.errors, words.get(refused.details.get("why", ""), _("Look at this again."))]

    def _points(self, text: str | None) -> list[Point]:
        return [_point(number, parts) for number, parts in enumerate(parted(text), 1)]


def _point(number: int, parts: list[str]) -> Point:
    """Read "topic; speaker; minutes". Raises ValidationError, with the line."""
    minutes = _USUAL_MINUTES
    if len(parts) > 1 and parts[-1].isascii() and parts[-1].isdigit():
        minutes = int(parts.pop()) if len(parts[-1]) <= len(str(_MOST_MINUTES)) else _MOST_MINUTES + 1
    title, speaker = parts[0], "; ".join(parts[1:])
    if not title or not 0 < minutes <= _MOST_MINUTES or max(len(title), len(speaker)) > limits.NAME:
        raise ValidationError(
            _("Line %(number)s cannot be read. Write: topic; speaker; minutes.", number=number)
        )
    return Point(title, speaker, minutes)


def _written(item: AgendaItem) -> str:
    return f"{item.title}; {item.speaker}; {item.length_minutes}"


class CancelForm(VersionedForm):
    """Why a meeting does not take place."""

    reason = lines(_l("Why does it not take place?"), _l("Write the reason."), rows=3)


class PaperForm(VersionedForm):
    """The words of an invitation or of minutes; everything else stands in them by itself."""

    subject = line(_l("Subject"), limits.NAME, _l("Write what the letter is about."))
    words = lines(_l("Words of your own"), rows=6)
    copies = lines(_l("Who gets a copy"), rows=2)

    def answers(self) -> dict[str, str]:
        """Return what was typed, as the paper keeps it."""
        return {"words": self.words.data or "", "copies": self.copies.data or ""}


class PeopleForm(BaseForm):
    """People of a meeting, one a line."""

    people = lines(_l("People of the meeting"), _l("Write at least one person."), rows=6, most=LIST)
    how = RadioField(
        _l("What do you note?"),
        choices=[
            SelectChoice("invited", _l("They are invited")),
            SelectChoice("came", _l("They came")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )

    def validate_people(self, field: Any) -> None:
        if len(self._read(field.data)) > _MOST_PEOPLE:
            raise ValidationError(_("At most %(number)s people at once.", number=_MOST_PEOPLE))

    def to_input(self) -> list[PersonInput]:
        return self._read(self.people.data)

    def _read(self, text: str | None) -> list[PersonInput]:
        return [_person(number, parts) for number, parts in enumerate(parted(text), 1)]


def _person(number: int, parts: list[str]) -> PersonInput:
    """Read "name; function; body". Raises ValidationError, with the line."""
    fits = len(parts) == 3 and all(parts) and len(parts[1]) <= limits.LINE
    if not fits or max(len(parts[0]), len(parts[2])) > limits.NAME:
        raise ValidationError(
            _("Line %(number)s cannot be read. Write: name; function; body.", number=number)
        )
    return PersonInput(parts[0], parts[1], parts[2])


class SignInForm(BaseForm):
    """What somebody in the room types on the phone."""

    name = line(_l("Your full name"), limits.NAME, _l("Write your name."), autocomplete="name")
    function = line(
        _l("Your function"), limits.LINE, _l("Write your function."), autocomplete="organization-title"
    )
    body = line(
        _l("Your office or organisation"),
        limits.NAME,
        _l("Write for whom you are here."),
        autocomplete="organization",
    )
    agrees = BooleanField(
        _l("I have read what happens with these data."),
        validators=[InputRequired(_l("Tick this box after reading what happens with your data."))],
    )

    def to_input(self) -> PersonInput:
        return PersonInput(self.name.data, self.function.data, self.body.data)


class ReadingForm(BaseForm):
    """A body says that it read the minutes."""

    remark = lines(_l("Remark on the minutes"), rows=3)
    form_key = HiddenField(validators=KEY)

    def renew(self) -> None:
        self.form_key.data = uuid4().hex


class CarryForm(VersionedForm):
    """From which earlier meeting this one goes on."""

    earlier = RadioField(_l("From which meeting?"), choices=[], validators=[InputRequired(_l("Choose one."))])

    def offer(self, meetings: Sequence[tuple[int, str]]) -> None:
        self.earlier.choices = [SelectChoice(str(key), words) for key, words in meetings]


def results_form(agenda: Sequence[AgendaItem]) -> type["ResultsForm"]:
    """Make a form with a box for the result of each point."""

    class Boxes(ResultsForm):
        """One box a point."""

    for item in agenda:
        box = TextAreaField(
            item.title,
            validators=told(limits.REASON),
            render_kw={"rows": 4, "maxlength": limits.REASON},
        )
        setattr(Boxes, f"result_{item.id}", box)
    return Boxes


class ResultsForm(VersionedForm):
    """What came of each point."""

    def boxes(self, agenda: Sequence[AgendaItem]) -> list[Any]:
        return [self[f"result_{item.id}"] for item in agenda]

    def fill(self, held: MonitoringMeeting) -> None:
        self.version.data = str(held.version)
        for item in held.agenda:
            self[f"result_{item.id}"].data = item.result

    def results(self, agenda: Sequence[AgendaItem]) -> dict[int, str]:
        return {item.id: (self[f"result_{item.id}"].data or "").strip() for item in agenda}
