"""Disclosure rules, bulletin and static site.

`gather(ledger, title=...)` reads a case into a `View`; `write_site(view, folder)` writes the site; `verify_site` makes
every file again and names what differs. `rules.py` says what is published, in one file.
"""
