"""Fields and checks that forms of findings share."""

from typing import Any

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Optional

from ombudsman_app.core import limits
from ombudsman_app.web.fields import stripped, told


def text_box(label: Any, *, missing: Any = None, rows: int = 4, least: int = limits.REASON_LEAST) -> Any:
    """A box for several lines; with `missing` it must be filled, and says so."""
    is_needed = (
        [InputRequired(missing), *told(limits.REASON, least)]
        if missing
        else [Optional(), *told(limits.REASON)]
    )
    return TextAreaField(
        label, filters=[stripped], validators=is_needed, render_kw={"rows": rows, "maxlength": limits.REASON}
    )
