"""A stand-in for the part of GitHub that a comment needs: it keeps comments, and asks for the token."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_ONE = re.compile(r"/repos/[\w.-]+/[\w.-]+/issues/comments/(\d+)")
_MANY = re.compile(r"/repos/[\w.-]+/[\w.-]+/issues/(\d+)/comments(?:\?per_page=(\d+)&page=(\d+))?")


@dataclass
class Host:
    """The comments by pull request, oldest first."""

    token: str
    comments: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def say(self, pull: int, body: str, *, kind: str = "User") -> dict[str, Any]:
        made = {"id": len(self.comments) + 1, "pull": pull, "body": body, "user": {"type": kind}}
        self.comments.append(made)
        return made

    def under(self, pull: int) -> list[str]:
        return [each["body"] for each in self.comments if each["pull"] == pull]


class _Server(ThreadingHTTPServer):
    def __init__(self, kept: Host) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept = kept


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self._is_known() and (found := _MANY.fullmatch(self.path)):
            size, page = int(found[2]), int(found[3])
            every = [each for each in self.server.kept.comments if each["pull"] == int(found[1])]
            self._answer(200, every[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        if self._is_known() and (found := _MANY.fullmatch(self.path)):
            self._answer(201, self.server.kept.say(int(found[1]), self._body(), kind="Bot"))

    def do_PATCH(self) -> None:
        if self._is_known() and (found := _ONE.fullmatch(self.path)):
            comment = self.server.kept.comments[int(found[1]) - 1]
            comment["body"] = self._body()
            self._answer(200, comment)

    def _answer(self, status: int, said: object) -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def _is_known(self) -> bool:
        if self.headers["Authorization"] == f"Bearer {self.server.kept.token}":
            return True
        self._answer(403, {"message": "Resource not accessible by integration"})
        return False


@contextmanager
def host(token: str) -> Iterator[Host]:
    """Serve a host on this machine."""
    kept = Host(token)
    server = _Server(kept)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kept.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
