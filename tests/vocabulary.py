"""The English rules and words, as the toolkit ships them."""

from toolkit.changes.vocabulary import RULES, find_rules, find_wording
from toolkit.config import shipped

ENGLISH_RULES = find_rules("en", [RULES])
ENGLISH = find_wording("en", [shipped("notices")])
