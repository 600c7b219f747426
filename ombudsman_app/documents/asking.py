"""What people type to have a paper verified: the code that is printed on it, or the fingerprint of a file."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from ombudsman_app.core.sealing import as_crockford
from ombudsman_app.web.forms import BaseForm

CODE_LETTERS = 26
SHA256_DIGITS = 64
_TYPED_MOST = 200
_SHA256 = re.compile(rf"[0-9a-f]{{{SHA256_DIGITS}}}")
_PLAIN = {"autocomplete": "off", "spellcheck": "false", "maxlength": _TYPED_MOST}


class _Asked(BaseForm):
    """It changes nothing and its address may be kept: it has no token."""

    class Meta(BaseForm.Meta):
        csrf = False


class CodeForm(_Asked):
    """The code, however it was typed: blanks, dashes, small letters, O for 0, I and L for 1."""

    kode = StringField(
        _l("Code of the letter"),
        validators=[
            InputRequired(_l("Write the code that stands on the letter, beside the square pattern."))
        ],
        render_kw={**_PLAIN, "autocapitalize": "characters", "inputmode": "text"},
    )

    def validate_kode(self, field: Any) -> None:
        if len(as_crockford(field.data)) != CODE_LETTERS:
            raise ValidationError(
                _("A code has %(num)s letters and digits. Compare it with the letter.", num=CODE_LETTERS)
            )

    @property
    def code(self) -> str:
        return as_crockford(self.kode.data)


class FileForm(_Asked):
    """The SHA-256 of a file, made by the browser or by hand, and the mark that the browser found in it."""

    sidik = StringField(
        _l("Fingerprint of the file (SHA-256)"),
        validators=[InputRequired(_l("Write the fingerprint of the file."))],
        render_kw={**_PLAIN, "autocapitalize": "off"},
    )

    def validate_sidik(self, _field: Any) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise ValidationError(
                _("A fingerprint has %(num)s characters: digits and the letters a to f.", num=SHA256_DIGITS)
            )

    @property
    def sha256(self) -> str:
        return "".join(str(self.sidik.data or "").split()).lower()
