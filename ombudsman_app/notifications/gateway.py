"""Text messages by a gateway of SMS or WhatsApp: one signed POST each, to the one host of the settings (FB2).

What it sends: JSON `{"id", "to", "text", "language"}`. Headers: `Idempotency-Key` is the same at every try,
so a gateway that heard it twice sends once; `X-Kawal-Signature` is `v1=` and the HMAC-SHA-256 over
`timestamp.body` with the shared key, `X-Kawal-Timestamp` the seconds since 1970. Any 2xx says that it was
taken.
"""

import http.client
import json
import ssl
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.sealing import secret_of, signed_with

from .carriers import Away, Busy, Letter, Refused

_SECONDS = 20.0
_ANSWER_BYTES = 4_096
_KEY_BYTES = 32
_OUR_FAULT = frozenset({401, 403, 404, 405})  # key or address of the settings: for the caretakers
_LATER = frozenset({408, 409, 425, 429})


class TextGateway:
    """One request for each message; nothing is followed elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._parts = urlsplit(settings.text_gateway)

    def __enter__(self) -> "TextGateway":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def carry(self, letter: Letter, before_the_end: Callable[[], None]) -> None:  # noqa: ARG002
        """See `carriers.Carrier`; here the key of the message forgives a double, so no moment is in doubt."""
        said = {"id": str(letter.uuid), "to": letter.to, "text": letter.text, "language": letter.language}
        body = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
        try:
            status = self._ask(body, str(letter.uuid))
        except (OSError, http.client.HTTPException) as away:
            raise Away("server_away") from away
        crash_point("gateway.taken")
        if status in range(200, 300):
            return
        if status in _OUR_FAULT or status in range(300, 400):
            raise Away("server_refuses_us", str(status))
        if status in _LATER or status >= 500:
            raise Busy("server_busy", str(status))
        raise Refused("address_refused", str(status))

    def _ask(self, body: bytes, key: str) -> int:
        key_file = self._settings.text_key_file or Path()  # `core/config.py` saw to it that there is one
        secret = secret_of(key_file, least_bytes=_KEY_BYTES)
        at = str(int(now().timestamp()))
        line = self._line()
        try:
            line.request(
                "POST",
                self._parts.path or "/",
                body=body,
                headers={
                    "Content-Type": "application/json; charset=utf-8",
                    "Idempotency-Key": key,
                    "X-Kawal-Timestamp": at,
                    "X-Kawal-Signature": f"v1={signed_with(secret, f'{at}.'.encode() + body)}",
                },
            )
            answer = line.getresponse()
            answer.read(_ANSWER_BYTES)
            return answer.status
        finally:
            line.close()

    def _line(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return http.client.HTTPSConnection(
                host, port, timeout=_SECONDS, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(host, port, timeout=_SECONDS)
