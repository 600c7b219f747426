"""What people type while they bring a list."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import random_token
from ombudsman_app.web.fields import VersionedForm, stripped, told
from ombudsman_app.web.forms import BaseForm, DayField

from .commands import ListInput, MappingInput
from .kinds import ImportKind
from .queries import Preview
from .states import Decision

_NAMES = ("xlsx", "ods", "csv", "txt")


class BringForm(BaseForm):
    """A file, who gave it, and for which day it holds."""

    form_key = HiddenField(default=random_token, validators=[Optional(), Length(max=limits.FORM_KEY)])
    file = FileField(_l("The list"))
    source = StringField(
        _l("Who gave this list?"),
        filters=[stripped],
        validators=[InputRequired(_l("Write who gave it.")), *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME, "list": "sources", "autocomplete": "off"},
        description=_l("Always the same words for the same giver: the columns are then remembered."),
    )
    source_kind = SelectField(_l("What is the giver?"), choices=[])
    as_of = DayField(
        _l("For which day does the list hold?"),
        validators=[InputRequired(_l("Write the day."))],
        description=_l("Where a row names its own day, that one counts."),
    )
    office = SelectField(_l("For which office?"), choices=[])

    def __init__(self, kind: ImportKind, actor: Actor, offices: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._zone = actor.time_zone
        self._names = (*_NAMES, *kind.extras.get("file_names", ()))
        self.source_kind.choices = [SelectChoice(value, words) for value, words in kind.source_kinds()]
        self.office.choices = [SelectChoice(str(office), name) for office, name in offices]
        if not self.is_submitted():
            self.as_of.data = today(self._zone)
        if len(offices) == 1 and not self.office.data:
            self.office.data = str(offices[0][0])

    def validate_as_of(self, field: Any) -> None:
        if field.data and field.data > today(self._zone):
            raise ValidationError(_("A day of the future cannot be known yet."))

    def read(self) -> bytes | None:
        """Return the bytes of the file, or None with a sentence beside the field."""
        sent = request.files.get("file")
        content = sent.stream.read(limits.IMPORT_BYTES + 1) if sent else b""
        name = (sent.filename or "") if sent else ""
        if not content:
            self.file.errors = [_("Choose the file of the list.")]
        elif len(content) > limits.IMPORT_BYTES:
            self.file.errors = [_("The file is larger than 30 MB. Split it, or save it as XLSX.")]
        elif name.rpartition(".")[2].casefold() not in self._names:
            self.file.errors = [_("Send a list as XLSX, ODS or CSV. Older files can be saved as XLSX.")]
        else:
            return content
        return None

    def to_input(self, content: bytes) -> ListInput:
        sent = request.files["file"]
        return ListInput(
            file_name=sent.filename or "",
            content=content,
            source=self.source.data,
            source_kind=self.source_kind.data,
            as_of=self.as_of.data,
            office_id=int(self.office.data),
            form_key=self.form_key.data or "",
        )


class MappingForm(VersionedForm):
    """Which of their columns is which of ours. One list for each column: `column-0`, `column-1` …"""

    def __init__(self, kind: ImportKind, preview: Preview, version: int) -> None:
        super().__init__()
        self._kind, self._preview = kind, preview
        self.problems: list[str] = []
        if not self.is_submitted():
            self.version.data = str(version)
        self.chosen = dict(preview.columns)
        if self.is_submitted():
            names = set(kind.names)
            said = ((str(place), request.form.get(f"column-{place}", "")) for place in preview.places)
            self.chosen = {place: name for place, name in said if name in names}

    @property
    def options(self) -> list[tuple[str, str]]:
        """What each list offers."""
        return [("", str(_("Not taken over"))), *((one.name, str(one.label)) for one in self._kind.columns)]

    def validate_mapping(self) -> bool:
        """Look whether all needed columns are there, and each once."""
        self.problems += [str(words) for told in self.errors.values() for words in told]
        labels = {column.name: str(column.label) for column in self._kind.columns}
        taken = list(self.chosen.values())
        for name in sorted({name for name in taken if taken.count(name) > 1}):
            self.problems.append(
                _("“%(column)s” is chosen twice. Choose it for one column.", column=labels[name])
            )
        for column in self._kind.columns:
            if column.is_needed and column.name not in taken:
                self.problems.append(
                    _("No column is chosen for “%(column)s”, which is needed.", column=labels[column.name])
                )
        return not self.problems

    def to_input(self) -> MappingInput:
        return MappingInput(
            sheet=self._preview.sheet["number"], header_row=self._preview.header_row, columns=self.chosen
        )


class StepForm(VersionedForm):
    """One step on: apply, take back, give up."""


class DecideForm(BaseForm):
    """What a doubtful row is. `decision`: same-<id>, new, leave_out.

    For all that wait for the same reasons: all-same, all-new, all-leave_out.
    """

    decision = HiddenField()

    def read_all(self) -> Decision | None:
        """Return what all rows that wait for the same reasons are; None: the word is about one row."""
        word, _, decision = (self.decision.data or "").partition("-")
        return Decision(decision) if word == "all" and decision in set(Decision) else None

    def read(self) -> tuple[Decision, int | None] | None:
        """Return the decision and the record; None for what is none."""
        word, _, record_id = (self.decision.data or "").partition("-")
        if (
            word == "same"
            and record_id.isascii()
            and record_id.isdigit()
            and len(record_id) <= limits.ID_DIGITS
        ):
            return Decision.SAME, int(record_id)
        return (Decision(word), None) if word in (Decision.NEW, Decision.LEAVE_OUT) else None


class RejectedForm(BaseForm):
    """As which kind of file the rows that were not taken leave."""

    form = SelectField(
        _l("As"), choices=[SelectChoice("xlsx", "XLSX"), SelectChoice("csv", "CSV")], default="xlsx"
    )
    reason = StringField(
        _l("What are they for?"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write what the rows are for; it stands in the trail.")),
            *told(limits.LINE, limits.REASON_LEAST),
        ],
        render_kw={"maxlength": limits.LINE, "autocomplete": "off"},
    )
