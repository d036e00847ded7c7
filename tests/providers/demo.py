"""`make demo-mail`: the demo's notices really leave, through the provider's stand-in and through a real mail server.

Both listen on this machine only, and end with the demo.
"""

import os
import subprocess
import sys
from collections.abc import Mapping

from tests.providers.sendgrid import KEY, StandIn
from tests.providers.smtp import MailServer


def play(folder: str, way: str, there: Mapping[str, str]) -> int:
    command = [sys.executable, "-m", "toolkit", "demo", folder, "--transport", way]
    return subprocess.run(command, env={**os.environ, **there}, check=False).returncode


def main(folder: str) -> int:
    with StandIn() as provider:
        code = play(f"{folder}/provider", "sendgrid", {"SENDGRID_HOST": provider.host, "SENDGRID_API_KEY": KEY})
    with MailServer() as server:
        code |= play(f"{folder}/server", "smtp", {"POLICY_SMTP_URL": server.url})
    print("\nWhat arrived on the other side:")
    print(f"   {len(provider.accepted):>5} mails at the provider's stand-in, in {provider.calls} requests,", end=" ")
    print(f"{len(provider.sandboxed)} of them asked and sent nothing; {len(provider.broken_rules)} broke a rule")
    print(f"   {len(server.taken):>5} mails at the mail server, over {len(server.sessions)} connections")
    return code or int(len(provider.accepted) != len(server.taken))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
