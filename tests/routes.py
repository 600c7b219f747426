"""Every route, read from the URL map, and a world in which each address leads somewhere.

The generated suites loop over `ROUTES`. A new route with values in its address needs a line in
`World.values_of`; without it the suites fail and say so.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from ombudsman_app.accounts.links import token_for
from ombudsman_app.app import create_app
from ombudsman_app.core.config import Settings
from ombudsman_app.core.policy import Role

from .factories.accounts import UserFactory
from .factories.complaints import ComplaintFactory
from .factories.directory import CounterFactory, OfficeFactory

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One rule of the URL map."""

    endpoint: str
    rule: str
    methods: frozenset[str]
    policy: str

    @property
    def is_read(self) -> bool:
        return "GET" in self.methods

    def __str__(self) -> str:
        return self.endpoint


def _routes() -> tuple[Route, ...]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), database_url="sqlite://"))
    return tuple(
        Route(
            rule.endpoint,
            rule.rule,
            frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"},
            app.view_functions[rule.endpoint].policy_name,  # type: ignore[attr-defined]
        )
        for rule in app.url_map.iter_rules()
    )


ROUTES = _routes()
PAGES = tuple(route for route in ROUTES if route.is_read)


@dataclass(frozen=True)
class World:
    """Rows to which addresses lead: a case in Mamuju, one in Kupang, an office, a counter, a person."""

    app: Flask
    own_case: int
    own_ticket: str
    other_case: int
    other_ticket: str
    office_slug: str
    counter_code: str
    password_link: str

    def values_of(self, route: Route, *, other: bool = False) -> Mapping[str, Any]:
        """Return what fills the address of a route; `other`: the record of another office."""
        values: dict[str, Mapping[str, Any]] = {
            "static_asset": {
                "release": self.app.extensions["assets_release"],
                "name": "css/public.css",
            },
            "language.choose": {"code": "en"},
            "public.directory.office": {"slug": self.office_slug},
            "public.complaints.counter_from_poster": {"code": self.counter_code},
            "public.complaints.question": {"slug": "layanan"},
            "staff.accounts.first_password": {"token": self.password_link},
            "staff.complaints.case": {"complaint_id": self.other_case if other else self.own_case},
        }
        return values.get(route.endpoint, {})

    def address_of(self, route: Route, *, other: bool = False) -> str:
        """Return the address of a route in this world."""
        values = self.values_of(route, other=other)
        with self.app.test_request_context("/"):
            return self.app.url_for(route.endpoint, **values)


def build_world(app: Flask) -> World:
    """Make the rows. Mamuju (MAM) is the own office, Kupang (KPG) the other one."""
    with app.app_context():
        own, other = ComplaintFactory(office="kc_mamuju"), ComplaintFactory(office="kc_ntt")
        office = OfficeFactory()
        counter = CounterFactory(office)
        newcomer = UserFactory(Role.EXAMINER, password=None)
        return World(
            app=app,
            own_case=own.id,
            own_ticket=own.ticket,
            other_case=other.id,
            other_ticket=other.ticket,
            office_slug=office.slug,
            counter_code=counter.code,
            password_link=token_for(newcomer.id, None),
        )
