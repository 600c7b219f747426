"""/staff/employers: the register, one employer with all that was said of it, its cases and projects."""

from . import case_course, case_pictures, cases, employer, estimates, pictures, register
from .blueprint import bp
from .cases_blueprint import bp as cases_bp
from .projects import bp as projects

more = (projects, cases_bp)
__all__ = [
    "bp",
    "case_course",
    "case_pictures",
    "cases",
    "employer",
    "estimates",
    "more",
    "pictures",
    "register",
]
