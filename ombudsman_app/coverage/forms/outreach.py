"""What people type about outreach: its plan, what came of it, why it is cancelled."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.coverage.commands.outreach_inputs import MOST_PEOPLE, OutreachInput, ResultInput
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_errors import OutreachRefused
from ombudsman_app.coverage.outreach_states import KnownBy, TargetGroup
from ombudsman_app.coverage.outreach_words import FIELDS, GROUPS, KNOWN_BY
from ombudsman_app.coverage.queries.local_rule_page import PlaceChoice
from ombudsman_app.coverage.queries.meetings import BodyChoice
from ombudsman_app.web.fields import VersionedForm, whole_number
from ombudsman_app.web.formats import clock_time
from ombudsman_app.web.formats import number as in_figures
from ombudsman_app.web.forms import DayField

from .fields import choices, reason_box
from .meeting_fields import KEY, line, lines, ticks

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+")
_NUMBER_LETTERS = 9
_PROMISE_LETTERS = 110
WHY: dict[str, Any] = {
    "groups": _l("Choose at least one group."),
    "year": _l("Check the year."),
    "until": _l("It ends before it begins. Check the two hours."),
    "future": _l("This day lies in the future, but the event is reported as held."),
    "office": _l("This office does not work in this province. Check place and office."),
    "place": _l("Another office looks after this place."),
    "known_by": _l("Say how the number is known."),
    "participants": _l("Write how many came, or choose that nobody knows."),
    "by_sex": _l("Women and men together are more than all participants."),
    "commitment": _l("Choose a commitment of the list."),
}


class _Refusing(VersionedForm):
    """A form that says what a command refused beside its field."""

    def refuse(self, refused: OutreachRefused) -> None:
        self.say(refused.details["field"], refused.details["why"])

    def say(self, name: str, why: str) -> None:
        """Put the sentence of a refusal beside its field."""
        found = self._fields.get(name)
        words = str(self.words_of(why))
        if found is None:
            self.form_errors.append(words)
        else:
            found.errors = [*found.errors, words]

    def words_of(self, why: str) -> Any:
        if why == "people":
            return _("At most %(number)s people can be written down.", number=in_figures(MOST_PEOPLE))
        return WHY[why]


class OutreachForm(_Refusing):
    """The plan of an event."""

    title = line(FIELDS["title"], limits.NAME, _l("Write what the event is called."))
    region = SelectField(FIELDS["region"], validators=[InputRequired(_l("Choose the place."))])
    district = line(FIELDS["district"], limits.LINE)
    venue = line(FIELDS["venue"], limits.ADDRESS, _l("Write where it takes place."))
    on = DayField(FIELDS["happens_on"], validators=[InputRequired(_l("Write the day."))])
    at = line(FIELDS["starts_at"], 5, _l("Write the hour."), inputmode="numeric", placeholder="09.00")
    until = line(FIELDS["ends_at"], 5, inputmode="numeric", placeholder="11.00")
    office = SelectField(_l("Who holds it?"), validators=[InputRequired(_l("Choose who holds it."))])
    with_whom = line(FIELDS["with_whom"], limits.SHORT_TEXT)
    target_groups = ticks(_l("For whom is it?"))
    topic = lines(_l("What are people told?"), rows=3)
    form_key = HiddenField(validators=KEY)

    def offer(self, places: Sequence[PlaceChoice], holders: Sequence[BodyChoice]) -> None:
        """Set what can be chosen; of one thing alone it is chosen already."""
        self.region.choices = _offered([(one.id, f"{one.code} {one.name}") for one in places])
        self.office.choices = _offered([(one.id, one.name) for one in holders])
        self.target_groups.choices = choices(GROUPS)

    def keep(self, held: OutreachEvent) -> None:
        """Offer also what the event has, though one could not choose it anew."""
        for field, key, words in (
            (self.region, held.region_id, f"{held.region.code} {held.region.name}"),
            (self.office, held.office_id, held.office.name),
        ):
            if str(key) not in {choice.value for choice in field.choices}:
                field.choices = [*field.choices, SelectChoice(str(key), words)]

    def fill(self, held: OutreachEvent) -> None:
        """Show what is written."""
        for name in ("title", "district", "venue", "with_whom", "topic"):
            self[name].data = getattr(held, name)
        zone = held.region.time_zone
        self.region.data, self.office.data = str(held.region_id), str(held.office_id)
        self.on.data, self.version.data = held.happens_on, str(held.version)
        self.at.data = clock_time(held.starts_at, zone).split(" ")[0]
        self.until.data = clock_time(held.ends_at, zone).split(" ")[0] if held.ends_at else ""
        self.target_groups.data = [one.value for one in held.groups]

    def renew(self) -> None:
        """Give the form of a new page its key."""
        self.form_key.data = uuid4().hex

    def validate_title(self, field: Any) -> None:
        _check_said(field, _("Write what the event is called."))

    def validate_venue(self, field: Any) -> None:
        _check_said(field, _("Write where it takes place."))

    def validate_at(self, field: Any) -> None:
        _check_hour(field)

    def validate_until(self, field: Any) -> None:
        if field.data:
            _check_hour(field)

    def validate_target_groups(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(WHY["groups"])

    def refuse(self, refused: OutreachRefused) -> None:
        name = refused.details["field"]
        self.say("target_groups" if name == "groups" else name, refused.details["why"])

    def to_input(self) -> OutreachInput:
        return OutreachInput(
            title=self.title.data,
            region_id=whole_number(self.region.data),
            office_id=whole_number(self.office.data),
            on=self.on.data,
            at=_hour(self.at.data) or time(),
            until=_hour(self.until.data),
            venue=self.venue.data,
            district=self.district.data or "",
            with_whom=self.with_whom.data or "",
            topic=self.topic.data or "",
            groups=[TargetGroup(one) for one in self.target_groups.data or ()],
            form_key=self.form_key.data or "",
        )


class ResultForm(_Refusing):
    """What came of an event."""

    participants = line(FIELDS["participants"], _NUMBER_LETTERS, inputmode="numeric")
    known_by = SelectField(FIELDS["known_by"], choices=choices(KNOWN_BY, _l("Nobody knows how many came")))
    women = line(_l("Of them women"), _NUMBER_LETTERS, inputmode="numeric")
    men = line(_l("Of them men"), _NUMBER_LETTERS, inputmode="numeric")
    handed_out = lines(_l("What was handed out?"), rows=2)
    asked_most = lines(_l("What was asked most?"), rows=4)
    follow_up = lines(FIELDS["follow_up"], rows=3)
    commitment = SelectField(FIELDS["commitment"], choices=[])

    def offer(self, promises: Sequence[tuple[int, str]]) -> None:
        """Set which promises can be chosen; without any there is no question."""
        nothing = SelectChoice("", _l("None"))
        self.commitment.choices = [
            nothing,
            *(SelectChoice(str(key), text[:_PROMISE_LETTERS]) for key, text in promises),
        ]
        if not promises:
            del self.commitment

    def fill(self, held: OutreachEvent) -> None:
        """Show what was reported."""
        self.version.data = str(held.version)
        for name in ("participants", "women", "men"):
            value = getattr(held, name)
            self[name].data = "" if value is None else str(value)
        self.known_by.data = held.known_by.value if held.known_by else ""
        for name in ("handed_out", "asked_most", "follow_up"):
            self[name].data = getattr(held, name)
        if self.commitment:
            self.commitment.data = str(held.commitment_id or "")

    def validate_participants(self, field: Any) -> None:
        _check_number(field)

    def validate_women(self, field: Any) -> None:
        _check_number(field)

    def validate_men(self, field: Any) -> None:
        _check_number(field)

    def to_input(self, *, kept_commitment: int | None = None) -> ResultInput:
        """Return what was typed; `kept_commitment`: of who was not asked for it."""
        chosen = whole_number(self.commitment.data) or None if self.commitment else kept_commitment
        return ResultInput(
            participants=_count(self.participants.data),
            women=_count(self.women.data),
            men=_count(self.men.data),
            known_by=KnownBy(self.known_by.data) if self.known_by.data else None,
            handed_out=self.handed_out.data or "",
            asked_most=self.asked_most.data or "",
            follow_up=self.follow_up.data or "",
            commitment_id=chosen,
        )


class CancelOutreachForm(VersionedForm):
    """Why an event does not take place, or did not after all."""

    reason = reason_box(_l("Why does it not take place?"))


def _offered(options: list[tuple[int, str]]) -> list[SelectChoice]:
    shown = [SelectChoice(str(key), words) for key, words in options]
    return shown if len(shown) == 1 else [SelectChoice("", _l("Choose")), *shown]


def _check_said(field: Any, words: str) -> None:
    """Refuse blanks alone: they are nobody's answer."""
    if not field.data:
        raise ValidationError(words)


def _check_hour(field: Any) -> None:
    if not _HOUR.fullmatch(field.data or ""):
        raise ValidationError(_("Write the hour like this: 09.00."))


def _hour(text: str | None) -> time | None:
    found = _HOUR.fullmatch(text or "")
    return time(int(found[1]), int(found[2])) if found else None


def _check_number(field: Any) -> None:
    if field.data and not _NUMBER.fullmatch(field.data):
        raise ValidationError(_("Write the number in figures, such as 120."))


def _count(text: str | None) -> int | None:
    return int(text.replace(".", "")) if text else None
