"""What all tests share."""

from hypothesis import settings

# A loaded machine is slow, and that is no finding: time is measured elsewhere.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
