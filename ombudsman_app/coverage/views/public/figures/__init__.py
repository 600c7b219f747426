"""/cakupan: figures with their maps and where each comes from."""

from . import compare, data, figure, overview, place, sheet
from .blueprint import bp

__all__ = ["bp", "compare", "data", "figure", "overview", "place", "sheet"]
