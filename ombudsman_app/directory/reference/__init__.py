"""The shipped reference data, read and checked. No database; rows refer to each other by code."""

from .offices import InstitutionRow, OfficeRow, institutions, offices, representative_contact, services
from .regions import REGION_SOURCE, RegionRow, regions
from .shipped import DATA, shipped, source_titles

__all__ = [
    "DATA",
    "REGION_SOURCE",
    "InstitutionRow",
    "OfficeRow",
    "RegionRow",
    "institutions",
    "offices",
    "regions",
    "representative_contact",
    "services",
    "shipped",
    "source_titles",
]
