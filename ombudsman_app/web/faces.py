"""The four faces: an audience with its own address, menu, layout and door (`design.md` §1)."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.errors import NotAllowed, RuleBroken
from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Role

from .access import current_actor, policy_of
from .lifecycle import READING_METHODS

SIGN_IN, SECOND_FACTOR = "staff.accounts.sign_in", "staff.accounts.second_factor"


class SessionEnded(RuleBroken):
    """Something was sent after the session had ended; what was typed is kept over the sign-in."""

    code = "session_ended"


class SecondFactorMissing(RuleBroken):
    """Nothing may be done before the second factor stands (AU2); what was typed is kept."""

    code = "second_factor_missing"


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


def here() -> str:
    """Return the path of this request with its query."""
    return request.full_path if request.query_string else request.path


def _door(face: Face) -> ResponseReturnValue | None:
    """Keep out strangers, people without a role here, and who has no second factor yet (AU2)."""
    right = policy_of(request.endpoint)
    if right.public:
        return None
    actor, is_reading = current_actor(), request.method in READING_METHODS
    if not actor.is_known:
        if is_reading:
            return redirect(url_for(SIGN_IN, next=here()))
        raise SessionEnded
    if not actor.roles & (right.roles if right.own else face.roles):
        raise NotAllowed
    if actor.has_second_factor or request.endpoint == SECOND_FACTOR:
        return None
    if is_reading:
        return redirect(url_for(SECOND_FACTOR, next=here()))
    raise SecondFactorMissing
