"""A tus client without a browser: sends in pieces, is cut, asks how far it came, goes on."""

import base64
from collections.abc import Iterable

from werkzeug.test import TestResponse

from ..visitor import Visitor

PIECE = 256 << 10


def metadata(**words: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in words.items())


class Sender:
    """Sends one file to one address."""

    def __init__(
        self, visitor: Visitor, name: str, content: bytes, *, at: str = "/unggah", **words: str
    ) -> None:
        self.visitor, self.content, self.at = visitor, content, at
        self.words = {"filename": name, "owner": "draft", "key": name, **words}
        self.address = ""

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> TestResponse:
        token = {} if method == "HEAD" else {"X-CSRF-Token": self.visitor.token()}
        return self.visitor.client.open(
            address,
            method=method,
            data=body,
            headers={
                "Tus-Resumable": "1.0.0",
                **token,
                **{n.replace("_", "-"): v for n, v in headers.items()},
            },
            environ_overrides={"REMOTE_ADDR": self.visitor.address},
        )

    def create(self, length: int | None = None) -> TestResponse:
        size = len(self.content) if length is None else length
        answer = self.ask("POST", self.at, Upload_Length=str(size), Upload_Metadata=metadata(**self.words))
        self.address = answer.headers.get("Location", "")
        return answer

    def offset(self) -> int:
        return int(self.ask("HEAD", self.address).headers["Upload-Offset"])

    def patch(self, offset: int, body: bytes) -> TestResponse:
        return self.ask(
            "PATCH",
            self.address,
            body,
            Upload_Offset=str(offset),
            Content_Type="application/offset+octet-stream",
        )

    def send(self, cuts: Iterable[int] = ()) -> TestResponse:
        """Send it whole; after each offset in `cuts` the answer is lost, and the sender asks how far it came.

        The answer to the first creation is lost too: it is sent again.
        """
        left, answer = sorted(cuts), self.create()
        assert answer.status_code == 201, answer.text
        first = self.address
        assert self.create().status_code == 201
        assert self.address == first, "the same creation is the same upload"
        offset = self.offset()
        while offset < len(self.content):
            answer = self.patch(offset, self.content[offset : offset + PIECE])
            assert answer.status_code == 204, answer.text
            offset = int(answer.headers["Upload-Offset"])
            if left and offset >= left[0]:
                left.pop(0)
                offset = self.offset()
        return answer
