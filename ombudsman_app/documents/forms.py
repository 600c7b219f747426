"""What officers give when they let a paper go, send it, prove its receipt, or take it back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm
from ombudsman_app.web.forms import BaseForm, DayField

from .commands import ProofInput, SendInput
from .kinds import document_kind
from .queries import Ready
from .states import PROOFS_OF, Channel, Proof

CHANNELS: dict[Channel, Any] = {
    Channel.FOLLOW: _l("On /lacak, with ticket and code"),
    Channel.MAIL: _l("E-mail with a link"),
    Channel.POST: _l("Post or courier"),
    Channel.BY_HAND: _l("By hand"),
    Channel.PORTAL: _l("In the portal"),
}
ADDRESSEES: dict[str, Any] = {
    "reporter": _l("Reporter"),
    "respondent": _l("Respondent"),
    "respondent_superior": _l("Superior of the respondent"),
    "related_agency": _l("Related agency"),
}
PROOFS: dict[Proof, Any] = {
    Proof.OPENED: _l("Opened online"),
    Proof.SIGNED_RECEIPT: _l("Signed receipt"),
    Proof.POSTAL: _l("Proof of the post"),
    Proof.MINUTES: _l("Minutes of the hand-over"),
}


def sane_year(_form: Form, field: Field) -> None:
    """A year far off is a slip of the finger."""
    if field.data and not limits.EARLIEST_YEAR <= field.data.year <= limits.LATEST_YEAR:
        raise ValidationError(_("Check the year."))


def _needed_day() -> list[Any]:
    return [InputRequired(_l("Write the day.")), sane_year]


def _reason(label: Any, missing: Any) -> TextAreaField:
    """A box for grounds that must be given."""
    length = Length(
        min=limits.REASON_LEAST,
        max=limits.REASON,
        message=_l("Write between %(min)d and %(max)d characters."),
    )
    return TextAreaField(
        label,
        validators=[InputRequired(missing), length],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )


class ReturnForm(VersionedForm):
    """What must change before a draft may go."""

    reason = _reason(_l("What must change?"), _l("Write what must change."))


class SendForm(BaseForm):
    """The paper went out, beside /lacak. A kind with several addressees asks to which of them."""

    addressee = RadioField(_l("To whom?"), validators=[InputRequired(_l("Choose to whom it goes."))])
    channel = RadioField(
        _l("How does it go out?"),
        choices=[
            SelectChoice(one.value, CHANNELS[one]) for one in (Channel.POST, Channel.BY_HAND, Channel.MAIL)
        ],
        validators=[InputRequired(_l("Choose one of the ways."))],
    )
    sent_on = DayField(_l("Day on which it went out"), validators=_needed_day())
    reference = StringField(
        _l("Number of the shipment"),
        validators=[Optional(), Length(max=80, message=_l("At most %(max)d characters are possible."))],
        render_kw={"maxlength": 80},
    )

    def offer(self, addressees: tuple[str, ...]) -> None:
        """Set to whom it may go: of one alone nothing is asked."""
        self.addressee.choices = [SelectChoice(name, ADDRESSEES[name]) for name in addressees]
        if len(addressees) == 1:
            del self.addressee

    def to_input(self, addressees: tuple[str, ...]) -> SendInput:
        addressee = (self.addressee.data or "") if "addressee" in self else addressees[0]
        reference = (self.reference.data or "").strip()
        return SendInput(Channel(self.channel.data), addressee, self.sent_on.data, reference)


class ProofForm(BaseForm):
    """Something proves that it arrived."""

    proof = RadioField(_l("What proves it?"), validators=[InputRequired(_l("Choose one of the proofs."))])
    delivered_on = DayField(_l("Day of receipt, as the proof shows it"), validators=_needed_day())
    file = RadioField(_l("File that shows it"), validators=[Optional()])
    note = TextAreaField(
        _l("Remark"),
        validators=[
            Optional(),
            Length(max=limits.REASON, message=_l("At most %(max)d characters are possible.")),
        ],
        render_kw={"rows": 2, "maxlength": limits.REASON},
    )

    def offer(self, channel: Channel, files: list[tuple[UUID, str]]) -> None:
        """Set which proofs this way can have, and the files of the record."""
        self.proof.choices = [
            SelectChoice(one.value, words) for one, words in PROOFS.items() if one in PROOFS_OF[channel]
        ]
        self.file.choices = [
            SelectChoice("", _("None yet")),
            *(SelectChoice(str(uuid), name) for uuid, name in files),
        ]

    def to_input(self) -> ProofInput:
        chosen = self.file.data or ""
        return ProofInput(
            Proof(self.proof.data),
            self.delivered_on.data,
            UUID(chosen) if chosen else None,
            (self.note.data or "").strip(),
        )


class RevocationForm(VersionedForm):
    """Why it must be taken back."""

    reason = _reason(
        _l("Why must it be taken back?"), _l("Write why. It stands in the register of the office.")
    )


class IssueAllForm(BaseForm):
    """Which of the approved letters go out together."""

    letters = RadioField(
        _l("Which letters go out?"), validators=[InputRequired(_l("Choose which letters go out."))]
    )

    def offer(self, ready: Sequence[Ready]) -> None:
        """Set the choices: for each office all its letters, and each kind where there are several."""
        of_office: dict[int, list[Ready]] = {}
        for one in ready:
            of_office.setdefault(one.office_id, []).append(one)
        self.letters.choices = [
            choice for parts in of_office.values() for choice in _choices(parts, len(of_office) > 1)
        ]

    @property
    def chosen(self) -> tuple[int, str]:
        """The office, and the kind or nothing."""
        office_id, _dot, kind = self.letters.data.partition(".")
        return int(office_id), kind


def _choices(parts: Sequence[Ready], is_office_named: bool) -> list[SelectChoice]:
    office = f"{parts[0].office}: " if is_office_named else ""
    kinds = [(f"{one.office_id}.{one.kind}", _(document_kind(one.kind).label), one.number) for one in parts]
    if len(kinds) == 1:
        offered = kinds
    else:
        offered = [(str(parts[0].office_id), _("All kinds"), sum(one.number for one in parts)), *kinds]
    return [SelectChoice(value, f"{office}{words} ({_letters(number)})") for value, words, number in offered]


def _letters(number: int) -> str:
    return str(ngettext("%(count)s letter", "%(count)s letters", number, count=format_decimal(number)))
