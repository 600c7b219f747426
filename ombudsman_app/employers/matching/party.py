"""One row of a list or of the register, as it is compared."""

from collections.abc import Mapping
from typing import NamedTuple

from ombudsman_app.employers.identifiers import (
    UNKNOWN,
    Identifier,
    IdentifierRefused,
    Read,
    is_of_person,
    is_placeholder,
    read_identifier,
)
from ombudsman_app.employers.naming import normalised

from .places import NOWHERE, Place, place_of

FIRM = 10  # of 16 figures: the firm. Behind them stand the tax office and the branch.
_BRANCH_WORDS = frozenset({"cabang", "perwakilan", "depo", "outlet", "gerai", "site"})
_NOTHING = frozenset({"-", "pt", "cv", "ud"})


def hidden_number(index: str | None) -> str | None:
    """Return what stands for the sealed tax number of a human being: equal hashes, equal numbers.

    It begins as no number of a firm does, so nothing is read out of its figures.
    """
    return f"9{index[:15]}" if index else None


class Party(NamedTuple):
    """What is compared. Numbers are in their one form and None where unknown or typed to fill a field.

    `key`: the name without legal form and branch; `letters`: the same without blanks; empty: no name.
    `nitku`: the six figures of the branch. `npwp` of a human being is compared and never shown.
    """

    id: str
    key: str
    letters: str
    legal_form: str | None
    branch: str
    nib: str | None
    npwp: str | None
    nitku: str | None
    npp: str | None
    division: str | None
    place: Place

    @property
    def firm(self) -> str | None:
        """The part of the tax number that all branches of a firm share; None for a human being."""
        return self.npwp[:FIRM] if self.npwp and not is_of_person(self.npwp) else None


def party_of(
    row_id: str,
    name: str,
    *,
    nib: str | None = None,
    npwp: str | None = None,
    nitku: str | None = None,
    npp: str | None = None,
    division: str | None = None,
    place: Place = NOWHERE,
) -> Party:
    """Return a row whose numbers are read already. `nitku`: its last six figures, or all 22."""
    read = normalised(name)
    key, branch = _without_branch(read.tokens)
    if key in _NOTHING or not any(letter.isalnum() for letter in key):
        key = ""
    if nitku and len(nitku) > 6:
        npwp, nitku = npwp or nitku[:16], nitku[16:]
    return Party(
        row_id, key, key.replace(" ", ""), read.legal_form, branch,
        _hard(nib), _hard(npwp), nitku or None, npp or None, division or None, place,
    )  # fmt: skip


def party_of_texts(row_id: str, name: str, texts: Mapping[str, str]) -> tuple[Party, list[Identifier]]:
    """Return a row as a list writes it: nib, npwp, nitku, npp, regency; what is missing is not known.

    A number of another form counts as unknown: its kind is named beside the row.
    """
    wrong: list[Identifier] = []

    def read(kind: Identifier) -> Read:
        given = texts.get(kind)
        try:
            return read_identifier(kind, given) if given else UNKNOWN
        except IdentifierRefused:
            wrong.append(kind)
            return UNKNOWN

    npp = read(Identifier.NPP)
    party = party_of(
        row_id,
        name,
        nib=read(Identifier.NIB).value,
        npwp=read(Identifier.NPWP).value,
        nitku=read(Identifier.NITKU).value,
        npp=npp.value,
        division=npp.tail,
        place=place_of(texts.get("regency", "")),
    )
    return party, wrong


def _hard(number: str | None) -> str | None:
    return None if not number or is_placeholder(number) else number


def _without_branch(tokens: tuple[str, ...]) -> tuple[str, str]:
    """Part a name from what says which branch it is: maju jaya cabang mamuju → maju jaya, mamuju."""
    for place, word in enumerate(tokens):
        if word in _BRANCH_WORDS and place:
            core = tokens[:place]
            while len(core) > 1 and core[-1] == "kantor":
                core = core[:-1]
            return " ".join(core), " ".join(tokens[place + 1 :]) or word
    if len(tokens) > 2 and tokens[-1] == "pusat" and tokens[-2] == "kantor":
        return " ".join(tokens[:-2]), ""
    return " ".join(tokens), ""
