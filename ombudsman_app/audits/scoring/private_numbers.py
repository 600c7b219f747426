"""What a sheet must never hold: the numbers of people. An auditor marks a file or a person by a letter."""

import re

_NIK_DIGITS = 16  # NIK, and NPWP in its new form
_BLANKS = re.compile(r"(?<=[0-9])[ .\-](?=[0-9])")
_LONG_NUMBER = re.compile(rf"(?<![0-9])[0-9]{{{_NIK_DIGITS}}}(?![0-9])", re.ASCII)


def holds_private_number(text: str) -> bool:
    """Whether a text holds what looks like the number of a person, however it is grouped."""
    return _LONG_NUMBER.search(_BLANKS.sub("", text)) is not None
