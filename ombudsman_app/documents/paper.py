"""What every paper of the house shows around its words, as data. No database in here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from markupsafe import Markup

from ombudsman_app.directory.models import RepresentativeOffice, Verified
from ombudsman_app.web.formats import ZONE_LETTERS
from ombudsman_app.web.qr import qr_drawing

PATH = "/verifikasi"
GROUP = 4  # letters of a code that stand together
FEW = 3
_KINDS_OF_REGION = ("Kota Administrasi ", "Kabupaten Administrasi ", "Kota ", "Kabupaten ")


@dataclass(frozen=True)
class Paper:
    """Letterhead, signature, footer. A draft has no number, no day and no code yet.

    `subject` stands on an envelope too: it says nothing about the person. `copies` are those who get the
    paper as well (tembusan). `verify_address` is the whole address that the QR code opens.
    """

    number: str
    subject: str
    issued_on: date | None
    place: str
    institution_name: str
    office_name: str
    office_address: str
    office_contacts: tuple[str, ...]
    time_zone: str
    code: str
    verify_address: str
    is_draft: bool
    is_demo: bool
    signer_name: str
    signer_role: str
    copies: tuple[str, ...] = ()
    enclosures: int = 0

    @property
    def whole_office_name(self) -> str:
        return f"{self.institution_name} {self.office_name}".strip()

    @property
    def zone(self) -> str:
        """WITA."""
        return ZONE_LETTERS.get(self.time_zone, self.time_zone)

    @property
    def spaced_code(self) -> str:
        """In groups of four, as one reads it aloud."""
        return " ".join(self.code[at : at + GROUP] for at in range(0, len(self.code), GROUP))

    @property
    def short_verify_address(self) -> str:
        """Where one types the code, without scheme."""
        parts = urlsplit(self.verify_address)
        return f"{parts.netloc}{PATH}"

    @property
    def has_few_copies(self) -> bool:
        """Whether the list fits beside the signature; a longer one stands below it."""
        return len(self.copies) <= FEW

    @property
    def qr(self) -> Markup:
        return qr_drawing(self.verify_address) if self.code else Markup()


class Issued(Protocol):
    """A paper as its row tells it: the words around it come from four of its columns."""

    @property
    def number(self) -> str | None: ...
    @property
    def subject(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def code(self) -> str | None: ...


def paper_of(
    document: Issued,
    office: RepresentativeOffice,
    *,
    public_url: str,
    is_demo: bool,
    signer: tuple[str, str],
    copies: tuple[str, ...] = (),
    enclosures: int = 0,
) -> Paper:
    """Put together what surrounds the words. The office comes with its institution and its region.

    `signer` is a name and the title of the office that this person holds. A paper is a draft until it
    has its number. Telephone numbers that nobody checked are left out.
    """
    code = document.code or ""
    return Paper(
        number=document.number or "",
        subject=document.subject,
        issued_on=document.issued_on,
        place=place_of(office),
        institution_name=office.institution.name,
        office_name=office.short_name,
        office_address=office.address or "",
        office_contacts=contacts_of(office, public_url),
        time_zone=office.time_zone,
        code=code,
        verify_address=verify_address_of(public_url, code),
        is_draft=not document.number,
        is_demo=is_demo,
        signer_name=signer[0],
        signer_role=signer[1],
        copies=copies,
        enclosures=enclosures,
    )


def verify_address_of(public_url: str, code: str) -> str:
    """Return where the paper with this code is shown to be genuine."""
    return f"{public_url.rstrip('/')}{PATH}/{code}".rstrip("/")


def place_of(office: RepresentativeOffice) -> str:
    """Return the city that stands before the date: Mamuju, Kupang."""
    if office.region is None:
        return ""
    name = office.region.capital or office.region.name
    for kind in _KINDS_OF_REGION:
        name = name.removeprefix(kind)
    return name


def contacts_of(office: RepresentativeOffice, public_url: str) -> tuple[str, ...]:
    """Return how one reaches the office; its numbers only if somebody checked them."""
    numbers = () if office.contact_verified is Verified.UNVERIFIED else (office.phone, office.whatsapp)
    site = urlsplit(public_url).netloc
    return tuple(word for word in (*numbers, office.email, site) if word)


def revived(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return content that was frozen as JSON with days and instants in it again.

    Keys that end in `_on` hold days, in `_at` instants, both in ISO form; at any depth.
    """
    return {key: _revived(key, value) for key, value in content.items()}


def _revived(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return revived(value)
    if isinstance(value, list | tuple):
        return [_revived(key, item) for item in value]
    if isinstance(value, str) and key.endswith("_on"):
        return date.fromisoformat(value)
    if isinstance(value, str) and key.endswith("_at"):
        return datetime.fromisoformat(value)
    return value
