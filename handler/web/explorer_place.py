"""Where the explorer of models is: this site's own, or one that the operator names."""

from typing import NamedTuple
from urllib.parse import quote

MODEL = "{id}"
"""What stands for the id of a model in the address of an explorer that has a place for each."""


class ExplorerUrl(NamedTuple):
    """The address of an explorer, with MODEL in it where it has a place for each model."""

    pattern: str = "/"

    @property
    def home(self) -> str:
        """The way to all models: the address up to where a model's would go on."""
        return self.pattern.partition(MODEL)[0]

    def for_model(self, model_id: str) -> str:
        """Return the way to one model, which is that to all where it has no place of its own."""
        return self.pattern.replace(MODEL, quote(model_id, safe="/:~"))


DEFAULT_EXPLORER = ExplorerUrl()
"""The explorer of this site."""
