"""Asking for a sheet of figures: the address says which, the form only that it is wanted."""

from ombudsman_app.web.forms import BaseForm


class SheetForm(BaseForm):
    """Have the sheet made."""
