"""SendGrid's own client over pooled connections: with timeouts, and without redirects, proxies, or a key in any log.

The client builds addresses and headers. What it would do with urllib for each call (a new connection, no timeout, a
redirect followed with the key in hand, the key and every recipient written to its log) is replaced here.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import urllib3
from python_http_client import Client
from sendgrid import SendGridAPIClient

from toolkit.notices.transports.sendgrid_answers import Reply

CONNECT_S, READ_S = 10.0, 60.0
_IDLE_S = 5.0
"""A connection that nobody used for longer may be closed by the server at any moment."""


class NotSent(Exception):  # noqa: N818 - nothing is wrong with us
    """The request did not leave as a whole: the other side certainly has nothing of it."""


class NotAnswered(Exception):  # noqa: N818 - nothing is wrong with us
    """The request left, and nobody heard the answer."""


class PooledClient(Client):  # type: ignore[misc]  # the package has no types
    """The package's client; every path of it leads to one pool."""

    def __init__(self, *, pool: "Pool", **other: Any) -> None:
        super().__init__(**other)
        self._pool = pool

    def _build_client(self, name: str | None = None) -> "PooledClient":
        path = [*self._url_path, name] if name else self._url_path
        return PooledClient(
            pool=self._pool, host=self.host, request_headers=self.request_headers, version=self._version, url_path=path
        )

    def _make_request(self, *_: object, **__: object) -> object:
        raise RuntimeError("use post_bytes: this way logs the key and follows redirects")

    def post_bytes(self, body: bytes) -> Reply:
        """Post a JSON body. Raises `NotSent` or `NotAnswered`."""
        headers = {**self.request_headers, "Content-Type": "application/json"}
        return self._pool.post(self._build_url(None), body, headers)


class Pool:
    """Connections to one host, kept open between calls. Safe to share between threads."""

    def __init__(self, *, read_s: float = READ_S) -> None:
        # Encodings are asked for by nobody, and a redirect is an answer like any other.
        self._connections = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_S, read=read_s), retries=False, maxsize=2
        )
        self._used_at = time.monotonic()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Post a body once. Raises `NotSent` where some of it certainly did not leave, else `NotAnswered`."""
        if time.monotonic() - self._used_at > _IDLE_S:
            self._connections.clear()
        leaving = _Leaving(body)
        try:
            response = self._connections.request(
                "POST",
                url,
                body=leaving,
                headers={**headers, "Content-Length": str(len(body))},
                redirect=False,
                preload_content=False,
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            self._connections.clear()
            raise (NotAnswered if leaving.left else NotSent)(_reason(error)) from None
        finally:
            self._used_at = time.monotonic()
        return _read(response)

    def close(self) -> None:
        self._connections.clear()


def make_client(*, key: str, host: str, pool: Pool) -> PooledClient:
    """Return the package's client for the mail endpoint, with its transport replaced."""
    package = SendGridAPIClient(api_key=key, host=host)
    package.client = PooledClient(pool=pool, host=host, request_headers=package.client.request_headers, version=3)
    endpoint = package.client.mail.send
    assert isinstance(endpoint, PooledClient)  # noqa: S101 - made by `_build_client`
    return endpoint


class _Leaving:
    """A body on its way. `left` is set when the network has taken its last byte, and not before."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.left = False

    def __iter__(self) -> Iterator[bytes]:
        yield self._body
        self.left = True


def _read(response: urllib3.BaseHTTPResponse) -> Reply:
    """Read an answer. Its status is heard already: what breaks off after that loses only words."""
    try:
        body = response.read()
    except (urllib3.exceptions.HTTPError, OSError):
        body = b""
    response.release_conn()
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(status=response.status, headers=headers, body=body)


def _reason(error: Exception) -> str:
    """Say in a few words what went wrong, without an address or a header in it."""
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return "its name is not known"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "no connection"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "the encrypted connection fails"
    if isinstance(error, (urllib3.exceptions.TimeoutError, TimeoutError)):
        return "no answer in time"
    return "the connection broke"
