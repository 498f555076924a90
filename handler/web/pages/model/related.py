"""The list of related models, from which some are marked to be compared."""

from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.related import RelatedModel, Relation, find_related_models

_PRESELECTED = 2
_WORDS = {
    Relation.NEWER: "newer version",
    Relation.VARIANT: "variant",
    Relation.ALIAS: "alias",
    Relation.EARLIER: "earlier version",
    Relation.FAMILY: "same family",
}


class RelatedModelRow(NamedTuple):
    """A related model, how it is related, and whether it is marked at first."""

    id: str
    name: str
    relation: str
    is_withdrawn: bool
    is_marked: bool

    @property
    def is_newer(self) -> bool:
        """Whether it is a newer version that is still listed."""
        return self.relation == _WORDS[Relation.NEWER] and not self.is_withdrawn


def related_models(catalog: Catalog, model_id: str) -> list[RelatedModelRow]:
    """Return the models related to one, the closest first; of those listed the first are marked."""
    relatives = find_related_models(model_id, catalog.entries)
    marked = [entry.id for entry, _ in relatives if not entry.withdrawn][:_PRESELECTED]
    return [
        RelatedModelRow(
            r.entry.id, r.entry.name, _words(r), r.entry.withdrawn, r.entry.id in marked
        )
        for r in relatives
    ]


def _words(relative: RelatedModel) -> str:
    if relative.relation is Relation.VARIANT and ":" not in relative.entry.id:
        return "the model itself"
    return _WORDS[relative.relation]
