"""An environment that records which of its variables are read."""

from collections.abc import Iterator, Mapping


class RecordingEnvironment(Mapping[str, str]):
    """An environment with one key, which records the keys that are read."""

    def __init__(self) -> None:
        self.keys_read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_read.add(key)
        if key == "BURGEE_STORE":
            return "folder"
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(("BURGEE_STORE",))

    def __len__(self) -> int:
        return 1
