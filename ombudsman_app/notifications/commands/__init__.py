"""Changing: callers import the names from here."""

from .bounces import note_came_back
from .choosing import choose
from .housekeeping import sweep_old
from .reading import note_all_read, note_read
from .sending import give_up_late, look_for_due, send_again, send_due
from .telling import SEND, mail_asked_link, mail_invitation, mail_password_link, notify, settle, tell_reporter

__all__ = [
    "SEND",
    "choose",
    "give_up_late",
    "look_for_due",
    "mail_asked_link",
    "mail_invitation",
    "mail_password_link",
    "note_all_read",
    "note_came_back",
    "note_read",
    "notify",
    "send_again",
    "send_due",
    "settle",
    "sweep_old",
    "tell_reporter",
]
