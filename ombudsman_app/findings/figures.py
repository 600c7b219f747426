"""What findings tell about an office on its public page."""

from flask_babel import lazy_gettext as _l

from ombudsman_app.core.clock import today
from ombudsman_app.directory.figures import LEAST, Figure, Figures, register, told

from .queries import office_numbers

_LAST_ZONE = "Asia/Jakarta"  # where a day of Indonesia ends last: until then nobody is late


def _read(office_id: int) -> Figures | None:
    """Of fewer findings than LEAST nothing is told, not even that there are some: each may be one case."""
    found = office_numbers(office_id, today=today(_LAST_ZONE))
    if found.sent < LEAST:
        return None
    return Figures(
        _l("How this office answers findings of the Ombudsman"),
        [
            Figure(_l("Findings sent"), told(found.sent)),
            Figure(_l("Answered in time"), told(found.in_time)),
            Figure(_l("Late"), told(found.late)),
            Figure(_l("Done"), told(found.done)),
        ],
        _l(
            "Since the first finding in this system. Late is a finding to which an answer came after its "
            "last day, or which still waits for one after that day; it stays late. Those that still have "
            "time are in none of the two. Numbers below five are not told, so that nobody is recognised."
        ),
    )


register("findings", _read)
