"""Telephone numbers as gateways want them: +62… No database in here."""

import re

_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")  # ITU-T E.164
_HOME = "62"


def as_number(typed: str) -> str | None:
    """Return a number in its international form, None for what is none; 0812… is one of Indonesia."""
    plain = re.sub(r"[\s().\-\u2010-\u2015]", "", typed)
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    elif plain.startswith("0"):
        plain = f"+{_HOME}{plain[1:]}"
    elif plain.startswith(_HOME):
        plain = "+" + plain
    return plain if _NUMBER.fullmatch(plain) else None
