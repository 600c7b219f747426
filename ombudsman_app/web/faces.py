"""The four faces: an audience with its own address, menu, layout and door (`design.md` §1)."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Role

from .access import current_actor, policy_of


@dataclass(frozen=True)
class Face:
    """An audience. `roles` empty: the door is open."""

    name: str
    prefix: str
    layout: str
    roles: frozenset[Role] = frozenset()


PUBLIC = Face("public", "", "layouts/public.html")
STAFF = Face("staff", "/staff", "layouts/staff.html", STAFF_ROLES)
PORTAL = Face("portal", "/portal", "layouts/portal.html", PORTAL_ROLES)
FACES = {face.name: face for face in (PUBLIC, STAFF, PORTAL)}


def blueprint_of(face: Face) -> Blueprint:
    """Make the parent blueprint of a face, with its door."""
    parent = Blueprint(face.name, __name__, url_prefix=face.prefix or None)
    if face.roles:
        parent.before_request(lambda: _door(face))
    return parent


def current_face() -> Face:
    """Return the face of this request; addresses of no face belong to the one of their prefix."""
    name = (request.blueprint or "").split(".")[0]
    if name in FACES:
        return FACES[name]
    for face in (STAFF, PORTAL):
        if request.path == face.prefix or request.path.startswith(face.prefix + "/"):
            return face
    return PUBLIC


def _door(face: Face) -> ResponseReturnValue | None:
    if policy_of(request.endpoint).public:
        return None
    actor = current_actor()
    if not actor.is_known:
        here = request.full_path if request.query_string else request.path
        return redirect(url_for("staff.accounts.sign_in", next=here if request.method == "GET" else None))
    if not actor.roles & face.roles:
        raise NotAllowed
    return None
