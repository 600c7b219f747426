"""People, their rights and their links."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "email_taken": Refusal(
        409,
        _l("This e-mail address is taken"),
        _l("Somebody signs in with it already. Open that account, or use another address."),
    ),
    "grant_ended": Refusal(
        409,
        _l("This right has ended already"),
        _l("Nothing was changed. Open the person again to see who ended it and when."),
    ),
    "grant_held": Refusal(
        409,
        _l("The person holds this role already"),
        _l("Nothing was changed. Open the person again to see the roles that hold today."),
    ),
    "on_other_side": Refusal(
        409,
        _l("This person works on the other side"),
        _l("Nothing was changed. Nobody works for the Ombudsman and answers for an office at once."),
    ),
    "account_not_waiting": Refusal(
        409,
        _l("No invitation is open"),
        _l("The person has set a password in the meantime, or the account is closed. Nothing was sent."),
    ),
    "account_closed": Refusal(
        409,
        _l("This account is closed"),
        _l("Nothing was changed. Invite the person with another address, or ask the caretaker."),
    ),
    "link_ended": Refusal(
        410,
        _l("This link does not work any more"),
        _l("Such a link is good once and for two hours. Ask your administrator for a new one."),
    ),
    "role_does_not_fit_office": Refusal(
        422,
        _l("This role does not fit this office"),
        _l("Staff roles belong to offices of the Ombudsman, the others to the offices under watch."),
    ),
}
