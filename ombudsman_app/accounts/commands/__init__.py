"""Changing people, roles, passwords, second factors and sessions; one verb, one transaction."""

from .factor import FactorSet, NewFactor, make_recovery_codes, reset_second_factor, set_second_factor
from .focal_points import end_focal_point, name_focal_point, turn_focal_point
from .forgotten import MAIL_LINK, ask_for_link
from .inviting import MAIL_INVITATION, Invitation, Reset, invite, reset, send_link_again
from .own_sessions import end_other_sessions, end_session
from .password import PasswordChange, change_own_password, change_password
from .people import (
    NewUser,
    create_user,
    create_user_with_role,
    deactivate,
    end_grant,
    give_grant,
    revoke_grant,
)
from .signing_in import Begun, SignIn, prove, sign_in, sign_out

__all__ = [
    "MAIL_INVITATION",
    "MAIL_LINK",
    "Begun",
    "FactorSet",
    "Invitation",
    "NewFactor",
    "NewUser",
    "PasswordChange",
    "Reset",
    "SignIn",
    "ask_for_link",
    "change_own_password",
    "change_password",
    "create_user",
    "create_user_with_role",
    "deactivate",
    "end_focal_point",
    "end_grant",
    "end_other_sessions",
    "end_session",
    "give_grant",
    "invite",
    "make_recovery_codes",
    "name_focal_point",
    "prove",
    "reset",
    "reset_second_factor",
    "revoke_grant",
    "send_link_again",
    "set_second_factor",
    "sign_in",
    "sign_out",
    "turn_focal_point",
]
