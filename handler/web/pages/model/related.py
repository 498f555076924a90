"""The list of related models, with checkboxes to compare them, and what an alias stands for."""

from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_index import IndexEntry
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.related import Relation, find_related_models

_PRESELECTED = 2
_LABELS = {
    Relation.NEWER: "newer version",
    Relation.VARIANT: "variant",
    Relation.ALIAS: "alias",
    Relation.EARLIER: "earlier version",
    Relation.FAMILY: "same family",
}


class RelatedModelRow(NamedTuple):
    """A related model with the label of its relation; a preselected one has its box checked."""

    id: str
    name: str
    relation: str
    is_withdrawn: bool
    is_preselected: bool

    @property
    def is_newer(self) -> bool:
        """Whether the model is a newer version and still listed."""
        return self.relation == _LABELS[Relation.NEWER] and not self.is_withdrawn


def related_models(catalog: Catalog, model_id: str) -> list[RelatedModelRow]:
    """Return the models related to one, the closest first; the first listed are preselected."""
    models = find_related_models(model_id, catalog.index)
    preselected = [entry.id for entry, _ in models if not entry.withdrawn][:_PRESELECTED]
    return [
        RelatedModelRow(e.id, e.name, _label(e, relation), e.withdrawn, e.id in preselected)
        for e, relation in models
    ]


def _label(entry: IndexEntry, relation: Relation) -> str:
    is_base = relation is Relation.VARIANT and ":" not in entry.id
    return "base model" if is_base else _LABELS[relation]


def find_successor(profile: Profile, catalog: Catalog) -> str | None:
    """Return the id of the model that a former alias of this one stands for today."""
    if not profile.former_alias or profile.former_alias not in catalog:
        return None
    target = find_alias_target(catalog.profile(profile.former_alias).model, catalog)
    return target if target != profile.model.id else None


def find_alias_target(model: Model, catalog: Catalog) -> str | None:
    """Return the id that an alias stands for, None where the catalog does not have it."""
    target = model.alias_target
    return target if target and target in catalog else None
