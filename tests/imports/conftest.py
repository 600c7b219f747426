"""Somebody who brings lists, and the child that reads them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ..visitor import Visitor
from .lists import Bringer, reading


@pytest.fixture
def bringer(app: Flask, visitor: Visitor) -> Iterator[Bringer]:
    with reading(app):
        yield Bringer(app, visitor)
