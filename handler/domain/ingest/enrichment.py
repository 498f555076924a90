"""What a catalog knows after a source besides the list has answered, or has not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.arena.matches import match
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import Contents
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Offers, Profile
from handler.domain.catalog.provenance import ARENA, DETAILS, USAGE, Provenance
from handler.domain.catalog.usage import Usage

Change = Callable[[Contents], Contents]
"""What one answer makes of a catalog, whatever the catalog has become in the meantime."""


def with_leaderboard(contents: Contents, board: Leaderboard, origin: Provenance) -> Contents:
    """Return the contents with a newer Arena leaderboard, its names matched to the models."""
    if _is_known(contents, ARENA, origin):
        return contents
    return with_standings(replace(_from(contents, ARENA, origin), leaderboard=board))


def with_standings(contents: Contents) -> Contents:
    """Return the contents with every model's place on the leaderboard, matched anew."""
    if contents.leaderboard is None:
        return contents
    models = [profile.model for profile in contents.profiles]
    standings = match(contents.leaderboard, models).standings
    return _each(contents, lambda p: replace(p, standing=standings.get(p.model.id)))


def with_usage(contents: Contents, used: Mapping[str, Usage], origin: Provenance) -> Contents:
    """Return the contents with newer usage, by canonical slug and variant."""
    if _is_known(contents, USAGE, origin):
        return contents
    fresh = _from(contents, USAGE, origin)
    return _each(fresh, lambda p: replace(p, usage=used.get(_permanent_slug(p.model))))


def with_offers(contents: Contents, offers: Mapping[str, Offers], origin: Provenance) -> Contents:
    """Return the contents with newer endpoints of the models that `offers` has, by id."""

    def offered(profile: Profile) -> Profile:
        known, new = profile.offers, offers.get(profile.model.id)
        if new is None or (known and known.asked > new.asked):
            return profile
        return replace(profile, offers=new)

    return _each(_from(contents, DETAILS, origin), offered)


def with_failure(contents: Contents, source: str, moment: datetime, failure: str) -> Contents:
    """Return the contents with the data of a source that failed marked as stale."""
    last = contents.sources.get(source)
    if last is None or last.fetched >= moment:
        return contents
    failing = provenance.failed(last, moment, failure)
    return replace(contents, sources={**contents.sources, source: failing})


def _is_known(contents: Contents, source: str, origin: Provenance) -> bool:
    """Return whether a younger answer of the source is there: two refreshes may overtake."""
    last = contents.sources.get(source)
    return last is not None and last.fetched > origin.fetched


def _from(contents: Contents, source: str, origin: Provenance) -> Contents:
    return replace(contents, sources={**contents.sources, source: origin})


def _each(contents: Contents, change: Callable[[Profile], Profile]) -> Contents:
    return replace(contents, profiles=tuple(map(change, contents.profiles)))


def _permanent_slug(model: Model) -> str:
    """Return what usage is counted under: a variant shares the slug of its base model."""
    _, colon, variant = model.id.partition(":")
    return f"{model.canonical_slug}{colon}{variant}"
