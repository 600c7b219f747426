"""What people type about an instrument as a whole: begin one, its head, a file of one, a move of it.

Whether a draft can be scored is not asked here: it may be saved while it is wrong; its page lists what is.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from ombudsman_app.audits.commands import InstrumentInput
from ombudsman_app.audits.models import AuditScheme
from ombudsman_app.audits.scoring.definition import SCALE
from ombudsman_app.audits.scoring.definition.pieces import ANCHOR
from ombudsman_app.audits.scoring.definition.reading import TEXT, TITLE
from ombudsman_app.audits.scoring.reader import ID_CHARACTERS
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told, whole_number
from ombudsman_app.web.forms import BaseForm

_ID = r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\Z"
_NUMBER = r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}\Z"
_COMMA = re.compile(r"-?[0-9]+,[0-9]+", re.ASCII)
_POINT = re.compile(r"-?[0-9]+\.[0-9]+", re.ASCII)
_BOX = 40  # characters of a number as it is typed


def line(label: Any, most: int, **more: Any) -> StringField:
    """A box for one line that may be empty."""
    return StringField(
        label, filters=[stripped], validators=[Optional(), *told(most)], render_kw={"maxlength": most}, **more
    )


def needed_line(label: Any, most: int, missing: Any, **more: Any) -> StringField:
    """A box for one line that must be filled."""
    return StringField(
        label,
        filters=[stripped],
        validators=[InputRequired(missing), *told(most)],
        render_kw={"maxlength": most},
        **more,
    )


def box(label: Any, most: int, rows: int = 3, **more: Any) -> TextAreaField:
    """A box for several lines that may be empty."""
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[Optional(), *told(most)],
        render_kw={"rows": rows, "maxlength": most},
        **more,
    )


def number_line(label: Any, **more: Any) -> StringField:
    """A box for a number; what cannot be read stays as it was typed, and is told as a problem."""
    return StringField(
        label,
        filters=[stripped],
        validators=[Optional(), *told(_BOX)],
        render_kw={"maxlength": _BOX, "inputmode": "decimal", "autocomplete": "off"},
        **more,
    )


def as_decimal(typed: str | None) -> str:
    """Return a number with a point, as instruments keep it: 12,5 is 12.5."""
    text = typed or ""
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text


def as_shown(kept: object) -> str:
    """Return a number as its reader writes it, `as_decimal` backwards; what is no number stays as it is."""
    text, locale = str(kept), get_locale()
    has_comma = locale is not None and locale.language == "id"
    return text.replace(".", ",") if has_comma and _POINT.fullmatch(text) else text


def as_whole(typed: str | None) -> int | str | None:
    """Return a whole number, what is none as it was typed, nothing for nothing."""
    if not typed:
        return None
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= limits.ID_DIGITS
    return int(typed) if is_number else typed


def filled(**given: Any) -> dict[str, Any]:
    """Return what says something."""
    return {key: value for key, value in given.items() if value not in (None, "", [], {}, False)}


def _key_field() -> StringField:
    return needed_line(
        _l("Id"),
        ID_CHARACTERS,
        _l("Give it an id."),
        description=_l("Short and lasting, such as bpjstk_branch. Letters, digits and underscores."),
    )


def _number_field() -> StringField:
    return StringField(
        _l("Number of the version"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Give the version a number, such as 1.0.")),
            Regexp(_NUMBER, message=_l("Write a version such as 1.0.")),
        ],
        render_kw={"maxlength": 14, "inputmode": "decimal", "autocomplete": "off"},
    )


class _SchemeChoice(BaseForm):
    """A form in which a scheme is chosen."""

    scheme = SelectField(
        _l("Scheme by which the total is read"), validators=[InputRequired(_l("Choose a scheme."))]
    )

    def offer(self, schemes: Iterable[AuditScheme]) -> None:
        """Set which schemes there are."""
        self.scheme.choices = [SelectChoice(str(one.id), one.title) for one in schemes]

    @property
    def scheme_id(self) -> int:
        return whole_number(self.scheme.data)


class NewInstrumentForm(_SchemeChoice):
    """An instrument that begins empty."""

    key = _key_field()
    title_id = needed_line(_l("Title in Indonesian"), TITLE, _l("Write the title in Indonesian."))
    title_en = needed_line(_l("Title in English"), TITLE, _l("Write the title in English."))
    number = _number_field()

    def validate_key(self, field: Any) -> None:
        Regexp(_ID, message=_("Use letters, digits and single underscores, a letter first."))(self, field)

    def to_input(self) -> InstrumentInput:
        return InstrumentInput(
            key=self.key.data,
            title_id=self.title_id.data,
            title_en=self.title_en.data,
            number=self.number.data,
            scheme_id=self.scheme_id,
        )


class ImportForm(BaseForm):
    """A file of an instrument, as XLSForm or YAML."""

    file = FileField(_l("File (.xlsx or .yaml)"))
    form_key = HiddenField(validators=[Length(max=limits.FORM_KEY)])


class CopyForm(BaseForm):
    """The button that begins the next version."""

    form_key = HiddenField(validators=[Length(max=limits.FORM_KEY)])


class HeadForm(VersionedForm, _SchemeChoice):
    """Titles, number, scheme, the words of the five steps, the least samples."""

    title_id = line(_l("Title in Indonesian"), TITLE)
    title_en = line(_l("Title in English"), TITLE)
    number = _number_field()
    origin = box(_l("Where it comes from"), TEXT, 2)
    min_denominator = number_line(_l("Least number of cases"))
    min_respondents = number_line(_l("Least number of people asked"))
    anchor_id_0 = line(_l("Step %(step)s in Indonesian", step=0), ANCHOR)
    anchor_id_1 = line(_l("Step %(step)s in Indonesian", step=1), ANCHOR)
    anchor_id_2 = line(_l("Step %(step)s in Indonesian", step=2), ANCHOR)
    anchor_id_3 = line(_l("Step %(step)s in Indonesian", step=3), ANCHOR)
    anchor_id_4 = line(_l("Step %(step)s in Indonesian", step=4), ANCHOR)
    anchor_en_0 = line(_l("Step %(step)s in English", step=0), ANCHOR)
    anchor_en_1 = line(_l("Step %(step)s in English", step=1), ANCHOR)
    anchor_en_2 = line(_l("Step %(step)s in English", step=2), ANCHOR)
    anchor_en_3 = line(_l("Step %(step)s in English", step=3), ANCHOR)
    anchor_en_4 = line(_l("Step %(step)s in English", step=4), ANCHOR)

    def fill(self, content: Mapping[str, Any], scheme_id: int) -> None:
        """Show what stands in the draft."""
        for name in ("title_id", "title_en", "origin", "min_denominator", "min_respondents"):
            self[name].data = str(content.get(name, ""))
        self.number.data, self.scheme.data = content.get("version", ""), str(scheme_id)
        fill_anchors(self, content)

    def to_head(self) -> dict[str, Any]:
        """Return the head; id and scheme are added by the command."""
        return filled(
            title_id=self.title_id.data,
            title_en=self.title_en.data,
            version=self.number.data,
            origin=self.origin.data,
            min_denominator=as_whole(self.min_denominator.data),
            min_respondents=as_whole(self.min_respondents.data),
            **read_anchors(self),
        )


def fill_anchors(form: Any, part: Mapping[str, Any]) -> None:
    """Show the words of the steps in both languages."""
    for language in ("id", "en"):
        words = part.get(f"anchors_{language}") or {}
        for step in SCALE:
            form[f"anchor_{language}_{step}"].data = str(words.get(step, ""))


def read_anchors(form: Any) -> dict[str, dict[str, str]]:
    """Return the words that were typed, by language; none where nothing was."""
    found = {}
    for language in ("id", "en"):
        words = {step: form[f"anchor_{language}_{step}"].data or "" for step in SCALE}
        if any(words.values()):
            found[f"anchors_{language}"] = words
    return found


class MoveForm(VersionedForm):
    """Put in use, or retire: knowingly, and of the version that the page showed."""

    sure = BooleanField(
        _l("I have read it and I am sure"), validators=[InputRequired(_l("Tick this first."))]
    )
