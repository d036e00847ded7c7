"""Servers on this machine that stand in for those outside: what a test sends, they record."""
