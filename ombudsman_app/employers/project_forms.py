"""What officers type about projects. What was typed is never thrown away; errors stand beside the field."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told

from .commands.projects import (
    ChangeInput,
    OwnerFindingInput,
    OwnerInput,
    PartyInput,
    ProjectInput,
    RegistrationInput,
)
from .errors import ProjectRefused
from .forms.fields import line, past_day, read_rupiah, refuse_future, rupiah_box, text_box
from .models import Project, ProjectOwner
from .money import NoAmount, read_share
from .project_words import FUNDS
from .projects.rules import ChangeKind, FundSource, PartyRole
from .queries import PlaceChoice
from .states import RULES

_FIRST_ZONE = "Asia/Jayapura"  # a day that has begun anywhere in Indonesia may be named
_PROJECT_NO = next(str(rule["regex"]) for rule in RULES.identifiers if rule["id"] == "project_no")
MEMBERS = 4_000
WHY: dict[str, Any] = {
    "ancient": _l("Check the year: it is too long ago."),
    "future": _l("This day lies in the future. Write the day on which it happened."),
    "before_start": _l("The end cannot lie before the start."),
    "negative": _l("A value cannot be below nothing."),
    "above": _l("The value without VAT cannot be above the value with VAT."),
    "no_party": _l("Name at least one contractor."),
    "too_many": _l("These are too many firms for one contract: twenty at most."),
    "shares": _l("The shares of all firms together are more than 100 percent."),
    "known": _l("This agency has a contract with this number already. Open that one, or check the number."),
    "known_change": _l("This contract has a change with this number already."),
    "before_spk": _l("A contract cannot be changed before its SPK."),
    "after_change": _l("The contract was changed before this day: check which of the two is right."),
    "no_office": _l("Say first which office of the directory this agency is."),
    "nothing_changes": _l("Say what changes: a value or the end."),
}


class _WithRefusals(VersionedForm):
    """A form that says beside the field what the command refused."""

    def refuse(self, refused: ProjectRefused) -> None:
        """Put the sentence of a refusal beside its field."""
        found = self._fields.get(refused.details["field"])
        words = str(WHY[refused.details["why"]])
        if found is None:
            self.form_errors.append(words)
        else:
            found.errors = [*found.errors, words]

    def _amount(self, name: str) -> int | None:
        return read_rupiah(self[name].data or "")


class ProjectForm(_WithRefusals):
    """A contract as signed, and that it was registered. `places`: where it may lie."""

    package = line(_l("Name of the package"), limits.SHORT_TEXT, missing=_l("Write the name of the package."))
    contract_number = line(
        _l("Contract number"), limits.LINE, missing=_l("Write the number of the contract.")
    )
    owner = line(
        _l("Agency that ordered the works"), limits.NAME, missing=_l("Write which agency ordered the works.")
    )
    fund_source = SelectField(_l("Who pays"), choices=[SelectChoice(str(k), v) for k, v in FUNDS.items()])
    region = SelectField(_l("Regency or city"))
    place = line(_l("Place of the works"), limits.NAME)
    spk_on = past_day(_l("Day of the SPK"))
    value = rupiah_box(_l("Value with VAT, in rupiah"))
    value_net = rupiah_box(_l("Value without VAT, in rupiah"))
    start_on = past_day(_l("Start of the works"))
    end_on = past_day(_l("End of the works"))
    lead = line(_l("Contractor"), limits.NAME, missing=_l("Write who builds."))
    lead_share = line(_l("Share of the contractor, in percent"), 10)
    members = TextAreaField(
        _l("Other firms of the consortium"),
        filters=[stripped],
        validators=[Optional(), *told(MEMBERS)],
        render_kw={"rows": 3, "maxlength": MEMBERS},
    )

    def __init__(self, *, places: Sequence[PlaceChoice], kept: Project | None = None) -> None:
        super().__init__()
        several = len({place.province for place in places}) > 1
        named = {place.id: f"{place.name}, {place.province}" if several else place.name for place in places}
        if kept is not None and kept.region and kept.region.id not in named:
            named[kept.region.id] = kept.region.name
        self.region.choices = [
            SelectChoice("", _l("Not known")),
            *(SelectChoice(str(key), name) for key, name in named.items()),
        ]

    def validate_spk_on(self, field: Any) -> None:
        refuse_future(field)

    def validate_lead_share(self, field: Any) -> None:
        _share_of(field.data or "")

    def validate_members(self, field: Any) -> None:
        for firm in _lines(field.data):
            name, _mark, share = firm.partition(";")
            if len(name.strip()) > limits.NAME:
                raise ValidationError(_("A name is too long: one firm in each line."))
            _share_of(share)

    def refuse_place(self) -> None:
        """Say beside the place that it is another office's."""
        words = _("Another office of the Ombudsman looks after this place.")
        self.region.errors = [*self.region.errors, words]

    def fill(self, project: Project) -> None:
        """Show the contract as it was signed."""
        for name in ("package", "contract_number", "place", "spk_on", "start_on", "end_on"):
            self[name].data = getattr(project, name)
        for name in ("value", "value_net"):
            amount = getattr(project, name)
            self[name].data = "" if amount is None else _typed_amount(amount)
        self.owner.data, self.fund_source.data = project.owner.name, project.fund_source.value
        self.region.data, self.version.data = str(project.region_id or ""), str(project.version)
        for party in project.parties:
            share = _typed_share(party.share_hundredths)
            if party.role is PartyRole.LEAD:
                self.lead.data, self.lead_share.data = party.name, share
            else:
                line = f"{party.name}; {share}" if share else party.name
                self.members.data = f"{self.members.data}\n{line}" if self.members.data else line

    def to_input(self) -> ProjectInput:
        return ProjectInput(
            package=self.package.data,
            contract_number=self.contract_number.data,
            owner=self.owner.data,
            parties=self._parties(),
            fund_source=FundSource(self.fund_source.data),
            region_id=int(self.region.data) if self.region.data else None,
            place=self.place.data or "",
            spk_on=self.spk_on.data,
            value=self._amount("value"),
            value_net=self._amount("value_net"),
            start_on=self.start_on.data,
            end_on=self.end_on.data,
        )

    def _parties(self) -> tuple[PartyInput, ...]:
        lead = PartyInput(self.lead.data, PartyRole.LEAD, _share_of(self.lead_share.data or ""))
        members = []
        for firm in _lines(self.members.data):
            name, _mark, share = firm.partition(";")
            members.append(PartyInput(name.strip(), PartyRole.MEMBER, _share_of(share)))
        return (lead, *members)


class RegistrationForm(_WithRefusals):
    """That BPJS has registered a project."""

    registered_on = past_day(_l("Day of the registration"), _l("Write the day on which it was registered."))
    project_number = line(
        _l("Project number of BPJS Ketenagakerjaan"),
        40,
        Regexp(_PROJECT_NO, message=_l("Four to forty letters, figures, dots, strokes or dashes.")),
    )
    registered_value = rupiah_box(_l("Value for which it was registered, without VAT"))

    def validate_registered_on(self, field: Any) -> None:
        refuse_future(field)

    def fill(self, project: Project) -> None:
        """Show what is known already."""
        self.registered_on.data, self.project_number.data = project.registered_on, project.project_number
        known = project.registered_value
        self.registered_value.data = "" if known is None else _typed_amount(known)
        self.version.data = str(project.version)

    def to_input(self) -> RegistrationInput:
        return RegistrationInput(
            self.registered_on.data, self.project_number.data or None, self._amount("registered_value")
        )


class ChangeForm(_WithRefusals):
    """An amendment of a contract, or its end before it was done."""

    kind = RadioField(
        _l("What happened?"),
        choices=[
            SelectChoice(ChangeKind.AMENDED, _l("The contract was amended")),
            SelectChoice(ChangeKind.CANCELLED, _l("The contract was cancelled")),
        ],
        default=ChangeKind.AMENDED.value,
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    changed_on = past_day(_l("Day of the change"), _l("Write the day of the change."))
    number = line(_l("Number of the paper"), limits.LINE, missing=_l("Write the number of the paper."))
    value = rupiah_box(_l("New value with VAT, in rupiah"))
    value_net = rupiah_box(_l("New value without VAT, in rupiah"))
    end_on = past_day(_l("New end of the works"))
    source = line(_l("Where is it written?"), limits.SHORT_TEXT, missing=_l("Write where this is written."))

    def validate_changed_on(self, field: Any) -> None:
        refuse_future(field)

    def to_input(self) -> ChangeInput:
        return ChangeInput(
            kind=ChangeKind(self.kind.data),
            changed_on=self.changed_on.data,
            number=self.number.data,
            source=self.source.data,
            value=self._amount("value"),
            value_net=self._amount("value_net"),
            end_on=self.end_on.data,
        )


class OwnerFindingForm(VersionedForm):
    """A finding to the agency that ordered the works; the words are proposed, a person confirms them."""

    summary = line(_l("The finding in one line"), limits.NAME, missing=_l("Say in one line what is wrong."))
    description = text_box(_l("What was found, and on what evidence?"), _l("Write what was found."), rows=5)
    rule = line(
        _l("Which rule was not kept?"), limits.SHORT_TEXT, missing=_l("Name the rule with its article.")
    )
    suggestion = text_box(_l("What should the agency do?"), _l("Write what the agency is to do."), rows=5)

    def to_input(self) -> OwnerFindingInput:
        return OwnerFindingInput(
            self.summary.data, self.description.data, self.rule.data, self.suggestion.data
        )


class OwnerForm(VersionedForm):
    """Which office of the directory an agency is."""

    office = SelectField(_l("Office in the directory"))

    def __init__(self, *, bodies: Sequence[tuple[int, str]], kept: ProjectOwner) -> None:
        super().__init__()
        named = dict(bodies)
        if kept.office is not None:
            named.setdefault(kept.office.id, kept.office.name)
        self.office.choices = [
            SelectChoice("", _l("None of these")),
            *(SelectChoice(str(key), name) for key, name in named.items()),
        ]

    def fill(self, owner: ProjectOwner) -> None:
        """Show what was said before."""
        self.office.data, self.version.data = str(owner.office_id or ""), str(owner.version)

    def to_input(self) -> OwnerInput:
        return OwnerInput(int(self.office.data) if self.office.data else None)


class PartyForm(VersionedForm):
    """Which employer of the register a firm is."""

    employer = RadioField(_l("Which employer is it?"), validators=[InputRequired(_l("Choose one."))])

    def offer(self, employers: Sequence[tuple[int, str]]) -> None:
        """Set which employers are possible."""
        self.employer.choices = [
            *(SelectChoice(str(key), name) for key, name in employers),
            SelectChoice("none", _l("None of these: it is not known")),
        ]

    @property
    def employer_id(self) -> int | None:
        return None if self.employer.data == "none" else int(self.employer.data)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _share_of(typed: str) -> int | None:
    try:
        return read_share(typed)
    except NoAmount:
        raise ValidationError(_("Write a share in percent, such as 40 or 33,33.")) from None


def _typed_amount(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _typed_share(hundredths: int | None) -> str:
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02}" if rest else str(whole)
