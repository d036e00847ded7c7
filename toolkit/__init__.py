"""Versions a policy, says what changed and why it matters, publishes it, tells customers, keeps the proof."""
