"""Versions a policy, says what changed and why it matters, publishes it, tells customers, keeps the proof."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("kvm-policy-toolkit")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0"
