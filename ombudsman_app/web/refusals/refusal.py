"""What a person reads when a rule says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LazyText = Any  # what lazy_gettext returns


@dataclass(frozen=True)
class Refusal:
    """What a person reads when a rule says no."""

    status: int
    title: LazyText
    message: LazyText
    template: str = "errors/rule.html"
    by_why: Mapping[str, LazyText] = field(default_factory=dict)  # instead of `message`, by `details["why"]`

    def message_for(self, details: Mapping[str, Any]) -> LazyText:
        return self.by_why.get(str(details.get("why", "")), self.message)
