"""The poster of a counter as data: what its template shows. No database in here."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from markupsafe import Markup

from ombudsman_app.web.qr import qr_drawing

from .models import Counter, RepresentativeOffice, Verified

PATH = "/lapor/loket/"


class PosterSize(StrEnum):
    """Paper of the ISO 216 row."""

    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True)
class English:
    """The second language of every poster, whatever the first one is."""

    question: str = "Something wrong at this counter? Tell the Ombudsman."
    scan: str = "Scan with your phone’s camera."
    free: str = "Free"
    secret: str = "Your identity can be kept secret"  # noqa: S105 - words on paper


@dataclass(frozen=True)
class Poster:
    """All that stands on it. `reach` is a telephone number that has been checked, else empty."""

    size: PosterSize
    counter_name: str
    office_name: str
    watched_by: str
    reach: str
    address: str
    code: str
    is_demo: bool
    english: English = English()

    @property
    def short_address(self) -> str:
        """The address as one types it."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path}"

    @property
    def spaced_code(self) -> str:
        half = (len(self.code) + 1) // 2
        return f"{self.code[:half]} {self.code[half:]}"

    @property
    def qr(self) -> Markup:
        return qr_drawing(self.address)


def poster_of(
    counter: Counter, watching: RepresentativeOffice | None, public_url: str, size: PosterSize
) -> Poster:
    """Put together what the poster says. The counter comes with its office."""
    is_reachable = watching is not None and watching.contact_verified is not Verified.UNVERIFIED
    return Poster(
        size=size,
        counter_name=counter.name,
        office_name=counter.office.name,
        watched_by=watching.name if watching else "",
        reach=(watching.phone or "") if is_reachable and watching else "",
        address=f"{public_url.rstrip('/')}{PATH}{counter.code}",
        code=counter.code,
        is_demo=counter.is_demo,
    )
