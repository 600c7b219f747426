"""The four faces: an audience with its own address, menu, layout and door (`design.md` §1)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from ombudsman_app.core.errors import NotAllowed, RuleBroken
from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Actor, Role

from .access import current_actor, policy_of
from .lifecycle import PORTAL_PREFIX, READING_METHODS

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
    start: str  # endpoint of its first page
    roles: frozenset[Role] = frozenset()

    def lets_in(self, actor: Actor) -> bool:
        """Whether a person holds a role here today."""
        return not self.roles or bool(self.roles & actor.roles)


PUBLIC = Face("public", "", "layouts/public.html", "public.home.start")
STAFF = Face("staff", "/staff", "layouts/staff.html", "staff.home.start", STAFF_ROLES)
PORTAL = Face("portal", PORTAL_PREFIX, "layouts/portal.html", "portal.home.start", PORTAL_ROLES)
FACES = {face.name: face for face in (PUBLIC, STAFF, PORTAL)}


def blueprint_of(face: Face) -> Blueprint:
    """Make the parent blueprint of a face, with its door."""
    parent = Blueprint(face.name, __name__, url_prefix=face.prefix or None)
    if face.roles:
        parent.before_request(lambda: _door(face))
    return parent


def face_of(actor: Actor) -> Face:
    """Return the face at which somebody is at home; of who works on both sides, that of the staff."""
    return next((face for face in (STAFF, PORTAL) if face.lets_in(actor)), PUBLIC)


def current_face() -> Face:
    """Return the face in which this request is answered.

    Pages about oneself, and the word that one stands at the door of others, come in the look of one's own
    face: nobody falls out of it. Addresses of no face belong to the one of their prefix.
    """
    face = _addressed_face()
    if not face.roles:
        return face
    home = face_of(current_actor())
    is_shared = policy_of(request.endpoint).own or not face.lets_in(current_actor())
    return home if is_shared and home.roles else face


def own_layout() -> str:
    """Return the layout of pages that people of several faces share."""
    return current_face().layout


def leads_home(target: str, actor: Actor) -> bool:
    """Whether an address of this house belongs to the face of this person, or to everybody."""
    try:
        endpoint, _values = request_ctx.url_adapter.match(urlsplit(target).path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    right = policy_of(endpoint)
    face = FACES.get(endpoint.split(".")[0], PUBLIC)
    return right.public or right.own or face.lets_in(actor)


def _addressed_face() -> Face:
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
        raise NotAllowed(why=_why_not(actor))
    if actor.has_second_factor or request.endpoint == SECOND_FACTOR:
        return None
    if is_reading:
        return redirect(url_for(SECOND_FACTOR, next=here()))
    raise SecondFactorMissing


def _why_not(actor: Actor) -> str:
    """Say who stands at a door of others: somebody of another face, or whose right has ended."""
    home = face_of(actor)
    return f"of_{home.name}" if home.roles else "ended"
