"""Tables of the directory. Nothing that has been referred to is deleted: rows end by `valid_to`."""

from .counter import Counter, CounterService
from .office import Institution, InstitutionKind, Office, OfficeKind, OfficeStatement, OfficeWord
from .region import Region, RegionLevel
from .representative import Jurisdiction, RepresentativeOffice
from .service import PromiseUnit, Service, ServicePromise
from .standing import Dated, Sourced, Verified

__all__ = [
    "Counter",
    "CounterService",
    "Dated",
    "Institution",
    "InstitutionKind",
    "Jurisdiction",
    "Office",
    "OfficeKind",
    "OfficeStatement",
    "OfficeWord",
    "PromiseUnit",
    "Region",
    "RegionLevel",
    "RepresentativeOffice",
    "Service",
    "ServicePromise",
    "Sourced",
    "Verified",
]
