"""The authority in the ids of feeds and of their entries, which are tag URIs (RFC 4151).

The first refresh fixes it and the snapshot keeps it, so that the ids outlive a move of the site to
another domain.
"""

import re
from datetime import date
from urllib.parse import urlsplit

# Of all ids before authorities were stored: existing deployments keep theirs.
_UNFIXED_DATE = "2026"
# Addresses and local names are those of many sites.
_DOMAIN = re.compile(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]*", re.ASCII)


def new_authority(site_url: str | None, today: date) -> str:
    """Return the authority of a site without a snapshot, such as "models.example.org,2026-11-27".

    It is a domain name with a date on which the site had it, "" for a site without a domain.
    """
    host = _host(site_url or "")
    return f"{host},{today.isoformat()}" if _DOMAIN.fullmatch(host) else ""


def unfixed_authority(site_url: str) -> str:
    """Return the authority while the snapshot has none, such as "models.example.org,2026"."""
    return f"{_host(site_url)},{_UNFIXED_DATE}"


def fix_authority(new: str, *, has_feeds: bool) -> str:
    """Return the authority that a snapshot gets, given a new one.

    Where it has had feeds without one, their ids stay as they are.
    """
    host, comma, _ = new.partition(",")
    return f"{host}{comma}{_UNFIXED_DATE}" if comma and has_feeds else new


def _host(site_url: str) -> str:
    return urlsplit(site_url).hostname or ""
