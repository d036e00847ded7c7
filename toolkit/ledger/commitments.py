"""What evidence keeps of a mail without showing it. Pure."""

import hmac


def commit(salt: bytes, body: bytes) -> str:
    """Return a mail's commitment, in hex: who has the salt and the mail can check it, nobody else can guess it."""
    return hmac.new(salt, body, "sha256").hexdigest()
