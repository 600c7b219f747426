"""Where it is written which papers went out: our database, or a signed file that anybody may keep."""

from .database import DatabaseRegister
from .file import BrokenRegister, FileRegister, export

__all__ = ["BrokenRegister", "DatabaseRegister", "FileRegister", "export"]
