"""What is known of an employer."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    SelectField,
)
from wtforms.validators import Regexp, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.employers import formats
from ombudsman_app.employers.commands import EmployerInput
from ombudsman_app.employers.identifier_words import refused_words
from ombudsman_app.employers.identifiers import Identifier, IdentifierRefused, read_identifier
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.naming import normalised
from ombudsman_app.employers.queries import Known, PlaceChoice
from ombudsman_app.employers.sectors import section_of
from ombudsman_app.employers.states import (
    EmployerKind,
    Scale,
)
from ombudsman_app.employers.tax_numbers import TaxNumber, index_of, tax_number_of
from ombudsman_app.web.fields import VersionedForm

from .fields import PutsIntoRegister, choices, line


class EmployerForm(PutsIntoRegister, VersionedForm):
    """What is known of an employer. `places`: where it may lie; `kept`: the row that is changed."""

    name = line(_l("Name, with PT, CV or UD"), limits.NAME, missing=_l("Write the name of the employer."))
    kind = SelectField(_l("What is it?"), choices=choices(formats.KINDS))
    region = SelectField(_l("Regency or city"), default="")
    address = line(_l("Address"), limits.ADDRESS)
    sector = line(
        _l("Sector (KBLI code)"),
        5,
        Regexp(r"[0-9]{2,5}\Z", message=_l("Write two to five figures, such as 41 or 41011.")),
    )
    scale = SelectField(
        _l("Size of the business"), choices=choices(formats.SCALES, _l("Not known")), default=""
    )
    nib = line(_l("NIB"), limits.LINE, description=_l("13 figures"))
    npwp = line(_l("NPWP"), limits.LINE, description=_l("16 figures, or the 15 of before"))
    nitku = line(_l("NITKU"), limits.LINE, description=_l("22 figures, or only the last six"))
    npp = line(_l("NPP of BPJS Ketenagakerjaan"), limits.LINE, description=_l("8 letters or figures"))
    npp_division = line(_l("Division of the NPP"), limits.LINE, description=_l("3 figures"))
    sure = BooleanField(_l("It is none of these: put it into the register"))

    def __init__(self, *, places: Sequence[PlaceChoice], kept: Employer | None = None) -> None:
        super().__init__()
        self._kept = kept
        self._read: dict[str, str | None] = {}
        several = len({place.province for place in places}) > 1
        named = {place.id: f"{place.name}, {place.province}" if several else place.name for place in places}
        if kept is not None and kept.region and kept.region.id not in named:
            named[kept.region.id] = kept.region.name
        self.region.choices = choices(named, _("Not known"))

    def fill(self, employer: Employer) -> None:
        """Show what is known. The number of a human being stands in no page: an empty box keeps it."""
        for name in ("name", "address", "sector", "nib", "npp", "npp_division"):
            self[name].data = getattr(employer, name)
        self.kind.data, self.scale.data = employer.kind, employer.scale or ""
        self.region.data = str(employer.region_id or "")
        self.npwp.data, self.nitku.data = employer.npwp, employer.nitku
        self.version.data = str(employer.version)

    def validate_sector(self, field: Any) -> None:
        if field.data and section_of(field.data) is None:
            raise ValidationError(_("KBLI 2020 has no such division. Look at the first two figures."))

    def validate_nib(self, field: Any) -> None:
        self._take("nib", field)

    def validate_npwp(self, field: Any) -> None:
        self._take("npwp", field)

    def validate_nitku(self, field: Any) -> None:
        if field.data and re.fullmatch(r"[0-9]{6}", field.data):
            self._read["nitku"] = field.data
        else:
            self._take("nitku", field)

    def validate_npp(self, field: Any) -> None:
        self._take("npp", field)

    def validate_npp_division(self, field: Any) -> None:
        if field.data and not re.fullmatch(r"[0-9]{3}", field.data):
            raise ValidationError(_("Write three figures, such as 000."))

    def _take(self, name: str, field: Any) -> None:
        try:
            read = read_identifier(Identifier(name), field.data)
        except IdentifierRefused as refused:
            raise ValidationError(" ".join(_(words) for words in refused_words(refused))) from None
        self._read[name] = read.value
        self._read[f"{name}_tail"] = read.tail

    def known(self) -> Known:
        """Return by what the same employer is looked for before it is stored."""
        given = self.to_input()
        number = TaxNumber(given.tax_number)
        return Known(
            name=given.name,
            name_key=normalised(given.name).key,
            nib=given.nib,
            npwp=None if number.is_of_person else number.digits,
            npwp_index=index_of(number.digits) if number.digits and number.is_of_person else None,
            npp=given.npp,
            npp_division=given.npp_division,
            nitku=given.nitku,
            region_id=given.region_id,
        )

    def to_input(self) -> EmployerInput:
        tax_number = self._read.get("npwp")
        if tax_number is None and self._kept is not None and self._kept.npwp_sealed is not None:
            tax_number = tax_number_of(self._kept)
        nitku = self._read.get("nitku")
        return EmployerInput(
            name=self.name.data,
            kind=EmployerKind(self.kind.data),
            npp=self._read.get("npp"),
            npp_division=self.npp_division.data or self._read.get("npp_tail"),
            nib=self._read.get("nib"),
            tax_number=tax_number or (nitku[:16] if nitku and len(nitku) > 6 else None),
            nitku=nitku[-6:] if nitku else None,
            sector=self.sector.data or None,
            scale=Scale(self.scale.data) if self.scale.data else None,
            region_id=int(self.region.data) if self.region.data else None,
            address=self.address.data or None,
        )
