"""The demo's last act: one customer follows the link in the mail, and the provider posts what became of another."""

import html
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec
from urllib.parse import urlencode

import typer

from toolkit.cli.rehearsal import Stage
from toolkit.errors import ToolkitError

RECEIVER = "https://kvm.hk/notice/"
_AT = "2026-12-10T10:30:00+08:00"
_AFTER = "2026-12-10T10:40:00+08:00"
_NEEDED = ("starlette", "uvicorn", "cryptography", "msgspec", "prometheus_client", "httptools")
_PATIENCE_S = 30.0
_FORM = {"content-type": "application/x-www-form-urlencoded"}


def play(stage: Stage, account: str, reference: str, bounced: str) -> None:
    """Let `account` confirm on its own page, and the provider report that the mail to another bounced."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        stage.say(f"The customers' answers need the extra 'serve': the package '{missing[0]}' is not installed.")
        return
    signer, public = _event_key()
    stage = replace(stage, environment={**stage.environment, "SENDGRID_EVENT_KEY": public})
    link = _link(stage, reference)
    stage.say(f"Customer {account} follows the link in the mail. Opening the page records nothing.")
    with _serving(stage) as url:
        _print_page(_get(url + link))
        stage.say("They press the button, and object to something.")
        _press(url + link)
        stage.say("The provider posts, signed: the mail to another customer bounced.")
        _post_event(url, signer, bounced)
    stage.policy("standing", account, at=_AFTER)
    stage.policy("reconcile", at=_AFTER)
    stage.policy("coverage", "2.0.0", at=_AFTER)
    stage.policy("ledger", "verify", at=_AFTER)


def _event_key() -> tuple[object, str]:
    """Return a key such as the provider's, and its public half as the provider's page shows it."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = generate_private_key(SECP256R1())
    shown = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return key, b64encode(shown).decode()


def _link(stage: Stage, reference: str) -> str:
    """Return the link in a mail, without the address that the service has from outside."""
    mail = stage.ask("notify", "mail", reference, at=_AT)
    found = re.search(re.escape(RECEIVER) + r"(n/[\w.-]+)", mail)
    if not found:
        raise ToolkitError("the mail holds no personal link.", where=reference)
    return found[1]


@contextmanager
def _serving(stage: Stage) -> Iterator[str]:
    """Run `policy serve` beside the demo, and give its address."""
    typer.echo("\n$ policy serve --port 0")
    process = stage.start("serve", "--port", "0", at=_AT)
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://\S+", line)
        if not found:
            raise ToolkitError(f"the service did not start: {line}", where=str(stage.place))
        typer.echo("Listening at http://127.0.0.1:(a free port)")
        yield f"{found[0]}/"
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)
        if process.stdout:
            process.stdout.close()


def _get(url: str) -> str:
    import urllib3

    answer = urllib3.request("GET", url, timeout=_PATIENCE_S, retries=False)
    return answer.data.decode()


def _print_page(page: str) -> None:
    """Print what a person reads first on their page."""
    main = page.partition("<main>")[2].partition("<details>")[0]
    lines = (html.unescape(re.sub(r"<[^>]+>", "", line.replace("</p>", " "))) for line in main.splitlines())
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        typer.echo(f"   {line}")


def _press(url: str) -> None:
    import urllib3

    page = _get(url)
    shown = dict(re.findall(r'name="(version|digest|effective)" value="([^"]+)"', page))
    for form in (
        {"action": "confirm", **shown},
        {"action": "object", "text": "Please keep my data for 3 years only."},
    ):
        body = urlencode(form)
        answer = urllib3.request(
            "POST", url, body=body, headers=_FORM, retries=False, redirect=False, timeout=_PATIENCE_S
        )
        _expect(answer, 303)
    done = re.search(r"<strong>Recorded\.</strong>[^<]*", _get(url))
    typer.echo(f"   {re.sub('<[^>]+>', '', done[0]) if done else 'nothing was recorded'}")


def _post_event(url: str, signer: object, reference: str) -> None:
    import json

    import urllib3
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256

    from toolkit.receiver.signature import SIGNATURE, TIMESTAMP

    assert isinstance(signer, EllipticCurvePrivateKey)  # noqa: S101 - made above
    at = str(int(datetime.fromisoformat(_AT).timestamp()))
    event = {
        "event": "bounce",
        "type": "bounce",
        "bounce_classification": "Invalid Address",
        "reason": "550 5.1.1 The mailbox does not exist",
        "timestamp": int(at),
        "sg_event_id": "made-up",
        "pn_ref": reference,
    }
    body = json.dumps([event]).encode()
    headers = {SIGNATURE: b64encode(signer.sign(at.encode() + body, ECDSA(SHA256()))).decode(), TIMESTAMP: at}
    answer = urllib3.request(
        "POST", f"{url}events/sendgrid", body=body, headers=headers, retries=False, timeout=_PATIENCE_S
    )
    _expect(answer, 204)
    _wait_until_applied(url)
    typer.echo("   204: it is written down, and applied once.")


def _wait_until_applied(url: str) -> None:
    until = time.monotonic() + _PATIENCE_S
    while '"posts_waiting":0' not in _get(f"{url}healthz"):
        if time.monotonic() > until:
            raise ToolkitError("the service does not apply what was posted.", where=url)
        time.sleep(0.1)


def _expect(answer: object, status: int) -> None:
    found = getattr(answer, "status", 0)
    if found != status:
        raise ToolkitError(f"the service answered {found} and not {status}.", where="policy serve")
