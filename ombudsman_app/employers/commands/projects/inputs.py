"""What is said of a project, whichever door it came through, and what cannot be."""

from dataclasses import dataclass
from datetime import date

from ombudsman_app.core.limits import EARLIEST_YEAR
from ombudsman_app.employers.errors import ProjectRefused
from ombudsman_app.employers.projects.rules import ChangeKind, FundSource, PartyRole

BY_HAND = "manual"  # the source of what was typed
PARTIES_AT_MOST = 20
WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True)
class PartyInput:
    """A firm of a contract. `share_hundredths`: of a percent; `employer_id`: where it is known who it is."""

    name: str
    role: PartyRole = PartyRole.LEAD
    share_hundredths: int | None = None
    employer_id: int | None = None


@dataclass(frozen=True)
class RegistrationInput:
    """That BPJS has registered it: the day, its number, the value without VAT that was told."""

    registered_on: date
    project_number: str | None = None
    registered_value: int | None = None


@dataclass(frozen=True)
class ProjectInput:
    """A contract as signed. Values in whole rupiah; None: not known."""

    package: str
    contract_number: str
    owner: str
    parties: tuple[PartyInput, ...]
    fund_source: FundSource = FundSource.UNKNOWN
    region_id: int | None = None
    place: str = ""
    spk_on: date | None = None
    value: int | None = None
    value_net: int | None = None
    start_on: date | None = None
    end_on: date | None = None
    registration: RegistrationInput | None = None


@dataclass(frozen=True)
class Origin:
    """Where a project comes from: its source and the id of the contract there."""

    source: str = BY_HAND
    reference: str = ""  # empty: number and agency
    ocid: str | None = None
    import_id: int | None = None


@dataclass(frozen=True)
class ChangeInput:
    """An amendment (the whole new values, not the difference), or the end of a contract."""

    kind: ChangeKind
    changed_on: date
    number: str
    source: str
    value: int | None = None
    value_net: int | None = None
    end_on: date | None = None


def refuse_impossible(given: ProjectInput, today: date) -> None:
    """Raise ProjectRefused (field, why) for what cannot be, whoever says it."""
    for field in ("spk_on", "start_on"):
        day = getattr(given, field)
        if day and day.year < EARLIEST_YEAR:
            raise ProjectRefused(field=field, why="ancient")
    if given.spk_on and given.spk_on > today:
        raise ProjectRefused(field="spk_on", why="future")
    if given.start_on and given.end_on and given.end_on < given.start_on:
        raise ProjectRefused(field="end_on", why="before_start")
    refuse_values(given.value, given.value_net)
    if not given.parties:
        raise ProjectRefused(field="lead", why="no_party")
    if len(given.parties) > PARTIES_AT_MOST:
        raise ProjectRefused(field="members", why="too_many")
    shares = [party.share_hundredths for party in given.parties]
    if sum(share or 0 for share in shares) > WHOLE:
        raise ProjectRefused(field="members", why="shares")
    if given.registration:
        refuse_registration(given.registration, today)


def refuse_values(value: int | None, value_net: int | None) -> None:
    """Raise ProjectRefused where a value is below nothing, or that without VAT above the other."""
    if value is not None and value < 0:
        raise ProjectRefused(field="value", why="negative")
    if value_net is not None and value_net < 0:
        raise ProjectRefused(field="value_net", why="negative")
    if value is not None and value_net is not None and value_net > value:
        raise ProjectRefused(field="value_net", why="above")


def refuse_registration(given: RegistrationInput, today: date) -> None:
    """Raise ProjectRefused for a registration that lies ahead, or of a value below nothing."""
    if given.registered_on > today:
        raise ProjectRefused(field="registered_on", why="future")
    if given.registered_on.year < EARLIEST_YEAR:
        raise ProjectRefused(field="registered_on", why="ancient")
    if given.registered_value is not None and given.registered_value < 0:
        raise ProjectRefused(field="registered_value", why="negative")
