"""What accounts refuse."""

from ombudsman_app.core.errors import RuleBroken


class EmailTaken(RuleBroken):
    """Somebody signs in with this address already."""

    code = "email_taken"


class RoleDoesNotFitOffice(RuleBroken):
    """Staff roles belong to offices of the Ombudsman, portal roles to offices of the bodies under watch."""

    code = "role_does_not_fit_office"


class LinkEnded(RuleBroken):
    """A one-time link is forged, too old, or has done its work; which of them is not said."""

    code = "link_ended"
