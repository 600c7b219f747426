"""By what contracts, agencies and firms are found again, however they were typed."""

import re

from ombudsman_app.directory.names import normalised
from ombudsman_app.employers import naming

_NO_SIGN = re.compile(r"[^0-9A-Z]+")


def number_key(number: str) -> str:
    """Return the letters and digits of a contract number, capital: 602/12.a/SPK = 602 12A SPK."""
    return _NO_SIGN.sub("", number.upper())


def agency_key(name: str) -> str:
    """Return the words of an agency, abbreviations written out."""
    return normalised(name)


def firm_key(name: str) -> str:
    """Return the words of a firm without its legal form, as the register of employers sorts them."""
    return naming.normalised(name).key


def reference_of(number: str, agency: str) -> str:
    """Return the id of a contract in a list that has no ids of its own: its number at its agency."""
    return f"{number_key(number)}@{agency_key(agency)}"[:200]
