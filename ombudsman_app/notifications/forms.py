"""What people choose: which news also comes by e-mail or as a text message, and to which number."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import Length, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.forms import BaseForm

from .kinds import kinds_for
from .numbers import as_number
from .queries import Choices
from .states import Channel


def field_name(channel: Channel, kind: str) -> str:
    """Return the name of the box of one kind and channel."""
    return f"{channel}_{kind.replace('.', '_')}"


class PreferencesForm(BaseForm):
    """The boxes of the kinds are added for each person (`preferences_form`)."""

    number = StringField(
        _l("Telephone number for text messages"),
        validators=[Length(max=limits.PHONE)],
        render_kw={"autocomplete": "tel", "inputmode": "tel", "maxlength": limits.PHONE},
    )
    forget_number = BooleanField(_l("Forget the number that is kept"))

    def validate_number(self, field: StringField) -> None:
        """Refuse what no message can go to."""
        if (field.data or "").strip() and as_number(field.data) is None:
            raise ValidationError(_("This is no telephone number. Write it like 0812 3456 7890."))

    def wanted(self, actor: Actor) -> dict[tuple[str, Channel], bool]:
        """Return what was chosen, by kind and channel."""
        return {
            (kind.name, channel): bool(self[field_name(channel, kind.name)].data)
            for kind in kinds_for(actor)
            for channel in Channel
        }


def preferences_form(actor: Actor, choices: Choices, *, is_sent: bool) -> PreferencesForm:
    """Make the form of one person; as it stands stored, or as it was sent."""
    boxes = {
        field_name(channel, kind.name): BooleanField(_(kind.label))
        for kind in kinds_for(actor)
        for channel in Channel
    }
    made = type("PreferencesForm", (PreferencesForm,), boxes)
    if is_sent:
        found: PreferencesForm = made()
        return found
    stored = {field_name(channel, kind): True for kind, channel in choices.on}
    return made(formdata=None, **stored)  # type: ignore[no-any-return]
