"""A visitor who listens: notes what a page says in the language that it should not speak."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from ..visitor import Visitor
from .speech import Speech, lexicons


class Listener(Visitor):
    """A visitor with a language, who notes what is said in the wrong one."""

    def __init__(self, app: Flask, language: str, address: str = "203.0.113.7") -> None:
        super().__init__(app, address)
        self.language, self.wrong, self.heard = language, set[tuple[str, str]](), set[str]()
        self.client.set_cookie("language", language)

    def _open(self, method: str, path: str, **more: Any) -> TestResponse:
        answer = super()._open(method, path, **more)
        if answer.mimetype == "text/html" and answer.status_code not in range(300, 400):
            speech = Speech(answer.text)
            assert speech.language == self.language, path
            self.heard.add(path)
            self.wrong |= {(path, text) for text in lexicons()[self.language].found_in(speech.said)}
        return answer
