"""Tables of papers."""

from .delivery import Delivery
from .document import Document

__all__ = ["Delivery", "Document"]
