"""Every schema that stood on main when an issue was finished, with data: later toolkits must bring each forward.

One folder per revision, with `sqlite.sql` and `postgresql.sql`. `python -m tests.ledger.schemas` writes the folder of
the newest revision, if it is not there yet. A folder that is there is never written again.
"""
