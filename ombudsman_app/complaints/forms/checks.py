"""The two check lists: one verdict and one reason for each item of `complaints.yaml`."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from ombudsman_app.complaints.commands import CheckInput
from ombudsman_app.complaints.states import (
    FORMAL_ITEMS,
    MATERIAL_ITEMS,
    CheckItem,
    Verdict,
    needs_reason,
    open_items,
)
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told

from .choices import ITEM_WORDS

VERDICTS: dict[Verdict, Any] = {
    Verdict.MET: _l("Met"),
    Verdict.SEEN: _l("Seen by the officer"),
    Verdict.MISSING: _l("Missing"),
    Verdict.EXCEPTED: _l("Excepted"),
}


def verdict_word(item: CheckItem, verdict: Verdict) -> Any:
    """What a verdict is called: papers are missing, a material condition is not met."""
    is_condition = verdict is Verdict.MISSING and item.reasons_missing
    return _l("Not met") if is_condition else VERDICTS[verdict]


class ChecksForm(VersionedForm):
    """All items of one list. Fields: `verdict_F1`, `reason_F1`, …"""

    ITEMS: tuple[CheckItem, ...] = ()

    def rows(self) -> Iterator[tuple[CheckItem, Any, Any]]:
        """Yield item, field of the verdict, field of the reason, in the order of the rules."""
        for item in self.ITEMS:
            yield item, self[f"verdict_{item.id}"], self[f"reason_{item.id}"]

    def fill(self, found: Mapping[str, CheckInput]) -> None:
        """Show what stands already; a reason that is being written stays where none is given."""
        for item, verdict, reason in self.rows():
            if given := found.get(item.id):
                verdict.data, reason.data = given.verdict.value, given.reason or reason.data

    def judged(self) -> frozenset[str]:
        """Return the items for which something was chosen."""
        return frozenset(item.id for item, verdict, _reason in self.rows() if verdict.data)

    def to_input(self) -> dict[str, CheckInput]:
        """Return what was chosen, by item; an item without a verdict is left out."""
        return {
            item.id: CheckInput(Verdict(verdict.data), reason.data or "")
            for item, verdict, reason in self.rows()
            if verdict.data
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a reason where one is due, and for a verdict where only a reason was written."""
        is_valid = super().validate(extra_validators)
        for item, verdict, reason in self.rows():
            if verdict.errors or reason.errors:
                continue
            if verdict.data and needs_reason(item, Verdict(verdict.data)) and not reason.data:
                reason.errors = [_("Write the reason for “%(item)s”.", item=ITEM_WORDS[item.id])]
                is_valid = False
            elif reason.data and not verdict.data:
                verdict.errors = [_("Choose a verdict for “%(item)s”.", item=ITEM_WORDS[item.id])]
                is_valid = False
        return is_valid

    def is_finished(self) -> bool:
        """Say beside each item that keeps the case from going on what is still to do."""
        verdicts = {name: given.verdict for name, given in self.to_input().items()}
        left = open_items(self.ITEMS, verdicts)
        for name in left:
            field = self[f"verdict_{name}"]
            if field.data:
                sentence = _("“%(item)s” is missing. Ask the reporter for it, or except it with a reason.",
                             item=ITEM_WORDS[name])  # fmt: skip
            else:
                sentence = _("“%(item)s” is not judged yet.", item=ITEM_WORDS[name])
            field.errors = [sentence]
        return not left


def _with_fields(name: str, about: str, items: tuple[CheckItem, ...]) -> type[ChecksForm]:
    """Make a form with two fields for each item of a list that the rules give."""
    fields: dict[str, Any] = {"ITEMS": items, "__doc__": about, "__module__": __name__}
    for item in items:
        choices = [SelectChoice(verdict.value, verdict_word(item, verdict)) for verdict in item.verdicts]
        fields[f"verdict_{item.id}"] = RadioField(
            ITEM_WORDS[item.id], choices=choices, filters=[stripped], validators=[Optional()], default=""
        )
        fields[f"reason_{item.id}"] = TextAreaField(
            _l("Reason for “%(item)s”", item=ITEM_WORDS[item.id]),
            filters=[stripped],
            validators=[Optional(), *told(limits.REASON)],
            render_kw={"rows": 2, "maxlength": limits.REASON},
        )
    return type(name, (ChecksForm,), fields)


FormalChecksForm = _with_fields("FormalChecksForm", "Verifikasi formil: F1 to F13.", FORMAL_ITEMS)
MaterialChecksForm = _with_fields("MaterialChecksForm", "Verifikasi materiil: M1 to M7.", MATERIAL_ITEMS)
