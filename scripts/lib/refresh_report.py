"""What scripts/refresh prints: the outcome, and how a leaderboard was matched."""

from collections.abc import Iterator, Mapping, Sequence

from handler.domain.arena.matches import match_leaderboard
from handler.domain.arena.report import explain_matches
from handler.domain.catalog.catalog import CatalogData
from handler.services.refresh_result import RefreshResult

_MAX_ITEMS = 8


def format_result(result: RefreshResult, store: str) -> list[str]:
    """Return the lines that report a refresh."""
    lines = [f"{result.label}, as of {result.as_of:%Y-%m-%d %H:%M} UTC: {result.models} models"]
    lines += [_format_items(name, items) for name, items in _reported(result).items() if items]
    if result.changed:
        return [*lines, f"Written to {store}."]
    return [*lines, f"Not written: {store} already had all of it."]


def _reported(result: RefreshResult) -> Mapping[str, Sequence[str]]:
    changes = result.changes
    return {
        "added": changes.added,
        "withdrawn": changes.withdrawn,
        "returned": changes.returned,
        "changed": changes.changed,
        "skipped": result.skipped_records,
        "warnings": result.warnings,
    }


def _format_items(name: str, items: Sequence[str]) -> str:
    more = f" and {len(items) - _MAX_ITEMS} more" if len(items) > _MAX_ITEMS else ""
    return f"  {name} {len(items)}: {', '.join(items[:_MAX_ITEMS])}{more}"


def explain_arena(catalog: CatalogData) -> Iterator[str]:
    """Yield how the names of the stored leaderboard were matched to models."""
    if catalog.leaderboard is None:
        yield "No leaderboard is stored yet: --arena FILE reads one from a file."
        return
    models = [profile.model for profile in catalog.profiles]
    yield from explain_matches(match_leaderboard(catalog.leaderboard, models))
