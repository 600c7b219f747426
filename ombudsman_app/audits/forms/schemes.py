"""What an administrator types about a new scheme."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from ombudsman_app.audits.formats.instruments import VERIFIED, ZONES
from ombudsman_app.audits.scoring.reader import ID_CHARACTERS
from ombudsman_app.audits.scoring.scheme import TEXT, TITLE
from ombudsman_app.web.forms import BaseForm

from .instruments import as_decimal, box, filled, line, needed_line, number_line

ROWS = range(1, 11)
_SOURCES, _WEIGHTS = 1_000, 1_000


class SchemeForm(BaseForm):
    """Bands, years, weights. All that is wrong is told at once by `read_scheme`."""

    id = needed_line(_l("Id"), ID_CHARACTERS, _l("Give it an id."))
    title_id = needed_line(_l("Title in Indonesian"), TITLE, _l("Write the title in Indonesian."))
    title_en = needed_line(_l("Title in English"), TITLE, _l("Write the title in English."))
    years = needed_line(_l("Years"), 9, _l("Write the years."))
    legal = box(_l("Legal basis"), TEXT, 2)
    verified = SelectField(
        _l("How sure it is"),
        choices=[SelectChoice(mark, words) for mark, words in VERIFIED.items()],
        default="unverified",
    )
    src = box(_l("Sources, one a line"), _SOURCES, 3)
    weights = box(_l("Weights of dimensions, one a line"), _WEIGHTS, 4)
    cap = line(_l("Highest band with a critical failure"), ID_CHARACTERS)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The boxes of each band."""
        names = ("letter", "low", "high", "zone", "word_id", "word_en")
        return [tuple(self[f"{name}_{at}"] for name in names) for at in ROWS]

    def to_content(self) -> dict[str, Any]:
        """Return what `read_scheme` reads, wrong as it may be."""
        return filled(
            id=self.id.data,
            title_id=self.title_id.data,
            title_en=self.title_en.data,
            years=self.years.data,
            legal=self.legal.data,
            verified=self.verified.data,
            src=[one.strip() for one in (self.src.data or "").splitlines() if one.strip()],
            weights=self._weights(),
            cap=self.cap.data,
            bands=self._bands(),
        )

    def _weights(self) -> dict[str, str]:
        found = {}
        for text in (self.weights.data or "").splitlines():
            name, _sign, weight = text.replace(":", "=").partition("=")
            if text.strip():
                found[name.strip()] = as_decimal(weight.strip())
        return found

    def _bands(self) -> list[dict[str, Any]]:
        found = []
        for letter, low, high, zone, word_id, word_en in self.rows:
            band = filled(
                id=letter.data,
                min=as_decimal(low.data),
                max=as_decimal(high.data),
                zone=zone.data,
                title_id=word_id.data,
                title_en=word_en.data,
            )
            if band:
                found.append(band)
        return found


for _at in ROWS:
    setattr(SchemeForm, f"letter_{_at}", line(_l("Band %(row)s: letter", row=_at), ID_CHARACTERS))
    setattr(SchemeForm, f"low_{_at}", number_line(_l("Band %(row)s: from", row=_at)))
    setattr(SchemeForm, f"high_{_at}", number_line(_l("Band %(row)s: up to", row=_at)))
    setattr(
        SchemeForm,
        f"zone_{_at}",
        SelectField(
            _l("Band %(row)s: zone", row=_at),
            choices=[
                SelectChoice("", _l("Choose")),
                *(SelectChoice(one, words) for one, words in ZONES.items()),
            ],
            validators=[Optional()],
        ),
    )
    setattr(SchemeForm, f"word_id_{_at}", line(_l("Band %(row)s: words in Indonesian", row=_at), TITLE))
    setattr(SchemeForm, f"word_en_{_at}", line(_l("Band %(row)s: words in English", row=_at), TITLE))
