"""Contracts by how their number begins: it may be one of them, or what all numbers of a place begin with."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal, select

from ombudsman_app.core.db import db
from ombudsman_app.core.search import one_of
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.projects.keys import number_key

FEW = 2_000  # contracts that are fetched and sorted; of more the order of the list soon meets some


def by_number(number: str, offices: Sequence[int]) -> list[ColumnElement[bool]]:
    """Return what the number asks of a project. 1 statement, none without a number.

    A beginning that few have hands them over; one that many have is looked at row by row, without its index,
    so that no database sorts them all for one page.
    """
    key = number_key(number)
    if not key:
        return []
    begins = [Project.representative_office_id.in_(offices), Project.number_key.between(key, key + "\uffff")]
    few = select(literal(1)).select_from(Project).where(*begins).limit(FEW + 1).subquery()
    if (db.session.scalar(select(func.count()).select_from(few)) or 0) <= FEW:
        return [one_of(Project.id, select(Project.id).where(*begins))]
    return [func.substr(Project.number_key, 1, len(key)) == key]
