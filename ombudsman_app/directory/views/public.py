"""/kantor: offices by name, place or nearness, and the page of one office."""

import math
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core import limits
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory import queries
from ombudsman_app.directory.figures import figures_of
from ombudsman_app.directory.office_parts import parts_of
from ombudsman_app.directory.source_words import source_words
from ombudsman_app.web.access import policy
from ombudsman_app.web.formats import ZONE_LETTERS

bp = Blueprint("directory", __name__, url_prefix="")


@dataclass(frozen=True)
class Asked:
    """What the address asks for, cleaned. `here` is latitude and longitude, given by the phone."""

    text: str
    province: str | None
    after: str | None
    here: tuple[float, float] | None
    is_here_unreadable: bool

    def address(self, **changes: str | None) -> str:
        """Return the address of this list with some of its values changed."""
        given: dict[str, Any] = {"q": self.text or None, "provinsi": self.province, **changes}
        return url_for("public.directory.offices", **given)


@bp.route("/kantor")
@policy("public")
def offices() -> ResponseReturnValue:
    """List and search. 3 statements; 4 where nothing was found. The position is never stored."""
    provinces = queries.provinces_with_offices()
    asked = _asked({province.code for province in provinces})
    if asked.here:
        near = queries.nearest_offices(*asked.here, asked.text, asked.province)
        return render_template(
            "directory/public/nearest.html", asked=asked, offices=near, provinces=provinces
        )
    found = queries.offices_page(asked.text, asked.province, asked.after)
    is_empty = found.page.is_empty
    places = queries.places_named(asked.text) if is_empty and asked.text else []
    return render_template(
        "directory/public/offices.html",
        asked=asked,
        found=found,
        provinces=provinces,
        province_name=next((p.name for p in provinces if p.code == asked.province), None),
        places=[place for place in places if place.province_code in {p.code for p in provinces}],
        similar=queries.similar_search(asked.text) if is_empty and asked.text and not places else None,
        is_long=found.count >= limits.COUNT_STOPS_AT,
    )


def _asked(codes: set[str]) -> Asked:
    given = request.args
    province = given.get("provinsi", "")
    lat, lon = given.get("lat", ""), given.get("lon", "")
    here = _position(lat, lon)
    return Asked(
        text=" ".join(given.get("q", "").split())[: limits.SEARCH],
        province=province if province in codes else None,
        after=given.get("setelah", "")[: limits.SHORT_TEXT + limits.LINE] or None,
        here=here,
        is_here_unreadable=here is None and bool(lat or lon),
    )


def _position(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(lat[: limits.LINE]), float(lon[: limits.LINE])
    except ValueError:
        return None
    on_earth = math.isfinite(latitude + longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if on_earth else None


def _by_slug(_actor: Actor, slug: str) -> queries.OfficePage | None:
    return queries.office_page(slug)


@bp.route("/kantor/<string:slug>")
@policy("public", record=_by_slug)
def office(page: queries.OfficePage) -> ResponseReturnValue:
    """Show one office. 7 statements."""
    watching = page.representative
    return render_template(
        "directory/public/office.html",
        page=page,
        office=page.office,
        sources=source_words(),
        figures=list(figures_of(page.office.id)) if page.is_under_watch else [],
        parts=list(parts_of(page.office.id)) if page.is_under_watch else [],
        zone=ZONE_LETTERS.get(watching.time_zone, "") if watching else "",
    )
