"""JSON lines on standard error, from an allow-list of fields (LG3); how a line is made: `log_lines.py`.

Written are codes, counts, durations and record ids; never bodies, query strings, names, access codes,
tokens. The endpoint stands for the address that was asked for, which may hold a code.
"""

import ipaddress
import logging
from typing import Any

import structlog
from structlog.typing import EventDict

from .config import Settings
from .log_lines import Line, SafeTarget

STANDARD_ERROR = 2

logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("ombudsman")


def configure_logs(settings: Settings, target: int = STANDARD_ERROR) -> None:
    """Send structlog and the standard library to one file descriptor. May be called again."""
    handler = SafeTarget(target)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers = [known for known in root.handlers if not isinstance(known, SafeTarget)]
    root.addHandler(handler)
    root.setLevel(settings.log_level)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _hand_over],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def log_request(
    *,
    request_id: str,
    method: str,
    endpoint: str,
    status: int,
    duration_ms: float,
    user_id: int | None,
    address: str | None,
) -> None:
    """Write the one line of a request; of the address only the network is kept."""
    logger.info(
        "request",
        request_id=request_id,
        method=method,
        endpoint=endpoint,
        status=status,
        duration_ms=duration_ms,
        user_id=user_id,
        client=network_of(address),
    )


def network_of(address: str | None) -> str | None:
    """Return the network of a client, IPv4 /24 or IPv6 /48, or None for what is no address."""
    try:
        given = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(given, ipaddress.IPv6Address) and given.ipv4_mapped:
        given = given.ipv4_mapped
    network = ipaddress.ip_network((given, 24 if given.version == 4 else 48), strict=False)
    return str(network.network_address)


def _hand_over(_logger: Any, _level: str, event: EventDict) -> tuple[tuple[EventDict], dict[str, Any]]:
    """Give the fields to the standard library as they are; `Line` chooses among them."""
    return (event,), {}
