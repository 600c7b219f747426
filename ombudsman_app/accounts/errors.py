"""What accounts refuse."""

from ombudsman_app.core.errors import RuleBroken


class EmailTaken(RuleBroken):
    """Somebody signs in with this address already."""

    code = "email_taken"


class RoleDoesNotFitOffice(RuleBroken):
    """Staff roles belong to offices of the Ombudsman, portal roles to offices of the bodies under watch."""

    code = "role_does_not_fit_office"


class GrantEnded(RuleBroken):
    """A right that has ended already cannot be ended or used once more."""

    code = "grant_ended"


class GrantHeld(RuleBroken):
    """The person holds this role at this office already."""

    code = "grant_held"


class OnOtherSide(RuleBroken):
    """The person works on the other side: nobody watches over an office and answers for one."""

    code = "on_other_side"


class AccountNotWaiting(RuleBroken):
    """No invitation is open: the person has a password, or the account is closed."""

    code = "account_not_waiting"


class AccountClosed(RuleBroken):
    """Nothing can be given to a closed account."""

    code = "account_closed"


class LinkEnded(RuleBroken):
    """A one-time link is forged, too old, or has done its work; which of them is not said."""

    code = "link_ended"
