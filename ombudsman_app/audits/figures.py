"""What audits tell about an office on its public page: the newest published result."""

from ombudsman_app.audits.queries.published import office_result
from ombudsman_app.directory.office_parts import OfficePart, register


def _read(office_id: int) -> OfficePart | None:
    found = office_result(office_id)
    if found is None:
        return None
    return OfficePart("audits/public/_on_office.html", found, style="css/scores.css")


register("audits", _read)
