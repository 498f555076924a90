"""Times and addresses as pages write them."""

from datetime import UTC, datetime
from urllib.parse import quote


def path_of(model_id: str) -> str:
    """Return the canonical path of a model: always one slash first, never two."""
    return "/" + quote(model_id.lstrip("/"), safe="/:~")


def day(moment: datetime) -> str:
    """Return "22 August 2026", in UTC."""
    return f"{moment.astimezone(UTC):%-d %B %Y}"


def minute(moment: datetime) -> str:
    """Return "22 August 2026, 18:35 UTC"."""
    return f"{moment.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def from_unix(seconds: int) -> datetime:
    """Return the moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
