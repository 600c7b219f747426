"""A tax number is kept in clear for a firm, sealed for a human being whose population number it is (PD4)."""

from dataclasses import dataclass

from ombudsman_app.core.sealing import hmac_hex, seal, unseal

from .models import Employer

_PURPOSE = "employer-tax-number"


@dataclass(frozen=True)
class TaxNumber:
    """Sixteen digits, or None: not known. That of a firm begins with 0 (PMK 112/PMK.03/2022)."""

    digits: str | None

    @property
    def is_of_person(self) -> bool:
        return bool(self.digits) and not str(self.digits).startswith("0")


def index_of(digits: str) -> str:
    """Return the keyed hash by which the number of a human being is found."""
    return hmac_hex(digits, purpose=_PURPOSE)


def sealed(digits: str) -> bytes:
    """Seal the number of a human being. It is bound to the column, and to its hash by what reads it."""
    return seal(digits.encode(), purpose=_PURPOSE, place="employer.npwp")


def tax_number_of(employer: Employer) -> str | None:
    """Return the sixteen digits in clear. Whoever calls decides whether they may be shown."""
    if employer.npwp_sealed is None:
        return employer.npwp
    return unseal(employer.npwp_sealed, purpose=_PURPOSE, place="employer.npwp").decode()


def keep_tax_number(held: Employer, digits: str | None) -> bool:
    """Write a number in its form; return whether it is another one than before."""
    is_of_person = TaxNumber(digits).is_of_person
    index = index_of(digits) if digits and is_of_person else None
    clear = None if is_of_person else digits
    if (held.npwp, held.npwp_index) == (clear, index):
        return False
    held.npwp, held.npwp_index = clear, index
    held.npwp_sealed = sealed(digits) if digits and is_of_person else None
    return True
