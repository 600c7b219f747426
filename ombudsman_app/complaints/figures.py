"""What complaints tell about an office on its public pages."""

from flask_babel import lazy_gettext as _l

from ombudsman_app.core.clock import today
from ombudsman_app.directory.figures import Figure, Figures, register, told

from .queries.public_numbers import complaints_by_year

_LAST_ZONE = "Asia/Jakarta"  # where a year of Indonesia ends last


def _read(office_id: int) -> Figures | None:
    counted = complaints_by_year(office_id, before=today(_LAST_ZONE).year)
    if not any(counted.values()):
        return None
    return Figures(
        _l("Complaints about this office"),
        [
            Figure(_l("Received in %(year)s", year=year), told(number))
            for year, number in sorted(counted.items(), reverse=True)
        ],
        _l(
            "What the Ombudsman received about this office in whole years that are over, whatever became of "
            "it. Many complaints may also mean that many people are served there. Numbers from one to four "
            "are told as fewer than five, so that nobody is recognised."
        ),
    )


register("complaints", _read)
