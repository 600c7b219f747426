"""A box in which several may be ticked arrives with its name several times: the gate must know it."""

from collections.abc import Iterator

from flask import Flask
from wtforms import SelectMultipleField

from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.gate import MULTIPLE_VALUES


def _forms(of: type = BaseForm) -> Iterator[type]:
    for form in of.__subclasses__():
        yield form
        yield from _forms(form)


def test_every_box_for_several_may_arrive_several_times(app: Flask) -> None:
    """`app` has imported all forms."""
    several = {
        name
        for form in _forms()
        for name in dir(form)
        if isinstance(getattr(getattr(form, name), "field_class", None), type)
        and issubclass(getattr(form, name).field_class, SelectMultipleField)
    }
    assert several
    assert several <= MULTIPLE_VALUES
