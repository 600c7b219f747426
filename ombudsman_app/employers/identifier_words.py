"""What is said about numbers that are refused or look odd. English msgids, no Flask."""

from .identifiers import Doubt, Identifier, IdentifierRefused, Refusal


def N_(text: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark a text for the catalogue; whoever shows it translates it."""
    return text


IDENTIFIER_WORDS: dict[Identifier, str] = {
    Identifier.NPP: N_("NPP"),
    Identifier.NIB: N_("NIB"),
    Identifier.NPWP: N_("NPWP"),
    Identifier.NITKU: N_("NITKU"),
    Identifier.NIK: N_("NIK"),
    Identifier.KPJ: N_("KPJ number"),
    Identifier.PROJECT_NO: N_("Project number"),
}
_FORMS = {
    Identifier.NPP: N_("An NPP has 8 letters or figures, perhaps with 3 figures of the division behind."),
    Identifier.NIB: N_("A NIB has 13 figures."),
    Identifier.NPWP: N_("An NPWP has 16 figures; an old one has 15."),
    Identifier.NITKU: N_("A NITKU has 22 figures: the 16 of the NPWP and 6 of the branch."),
    Identifier.NIK: N_("A NIK has 16 figures."),
    Identifier.KPJ: N_("A KPJ number has 11 letters or figures."),
    Identifier.PROJECT_NO: N_("A project number has 4 to 40 letters, figures, dots, hyphens or slashes."),
}
_REFUSALS = {
    Refusal.FLOAT: N_(
        "The sheet turned this number into a calculated one, and figures may be lost. Format the column as "
        "text and copy the number from the source again."
    ),
    Refusal.TOO_SHORT: N_("This number is too short. Zeros at its beginning may have been lost."),
    Refusal.TOO_LONG: N_("This number is too long."),
    Refusal.CHARACTERS: N_("This number holds characters that do not belong to it."),
    Refusal.NOT_TEXT: N_("This cell holds something else than a number or a text."),
}
DOUBT_WORDS = {
    Doubt.CHECK_DIGIT: N_("The check digit of the NPWP does not fit. Look at the number again."),
    Doubt.OTHER_NPWP: N_("The NITKU does not begin with this NPWP."),
    Doubt.BIRTH_DAY: N_("The figures of the birthday in this NIK are no day."),
    Doubt.LAST_DIGITS: N_("A NIK does not end in 0000."),
    Doubt.AREA: N_("No province has the code with which this NIK begins."),
    Doubt.PLACEHOLDER: N_("This number looks as if it was typed only to fill the field."),
    Doubt.ONE_LOST_DIGIT: N_(
        "This cell holds a number, not a text: check that no zero at its beginning is lost."
    ),
}


def refused_words(refused: IdentifierRefused) -> tuple[str, ...]:
    """Return one or two whole sentences: what is wrong, and the form that is wanted."""
    if refused.code in (Refusal.FLOAT, Refusal.NOT_TEXT):
        return (_REFUSALS[refused.code],)
    return (_REFUSALS[refused.code], _FORMS[refused.kind])
