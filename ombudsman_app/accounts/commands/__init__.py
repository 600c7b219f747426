"""Changing people, roles, passwords, second factors and sessions; one verb, one transaction."""

from .factor import FactorSet, NewFactor, make_recovery_codes, reset_second_factor, set_second_factor
from .forgotten import MAIL_LINK, ask_for_link
from .own_sessions import end_other_sessions, end_session
from .password import PasswordChange, change_own_password, change_password
from .people import (
    NewUser,
    create_user,
    create_user_with_role,
    deactivate,
    give_grant,
    revoke_grant,
)
from .signing_in import Begun, SignIn, prove, sign_in, sign_out

__all__ = [
    "MAIL_LINK",
    "Begun",
    "FactorSet",
    "NewFactor",
    "NewUser",
    "PasswordChange",
    "SignIn",
    "ask_for_link",
    "change_own_password",
    "change_password",
    "create_user",
    "create_user_with_role",
    "deactivate",
    "end_other_sessions",
    "end_session",
    "give_grant",
    "make_recovery_codes",
    "prove",
    "reset_second_factor",
    "revoke_grant",
    "set_second_factor",
    "sign_in",
    "sign_out",
]
