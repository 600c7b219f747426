"""/staff/audits/instruments/orders: an instrument that is being written as XLSForm, or read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.audits.formats.problems import file_problems
from ombudsman_app.audits.queries.instrument_orders import InstrumentOrder, own_form, own_order
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.web.access import policy
from ombudsman_app.web.produced_files import handed_over

from .blueprint import bp


@bp.route("/instruments/orders/<uuid:uuid>")
@policy("audits.read_order", record=own_order)
def instrument_order(found: InstrumentOrder) -> ResponseReturnValue:
    """Show how far it is; then the file, the draft, or all that is wrong."""
    return render_template(
        "audits/staff/instrument_order.html",
        order=found,
        job=shown_job(found.job),
        problems=file_problems(found.problems),
    )


@bp.route("/instruments/orders/<uuid:uuid>/file")
@policy("audits.read_order", record=own_form)
def instrument_form(found: InstrumentOrder) -> ResponseReturnValue:
    """Hand over the XLSForm, for ODK Collect and KoboCollect (FI7)."""
    return handed_over(found.file)
