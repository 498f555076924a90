"""The Nu HTML checker, which is what the W3C's validator runs."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Pages are English; what a model's author wrote need not be.
_OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect")

# Text of strangers is shown in the form in which it came.
_IGNORED = "not in Unicode Normalization Form C"


def complaints(jar: Path, pages: Sequence[Path]) -> list[str]:
    """Return a line for each error and warning that the checker has of these files."""
    checked = subprocess.run(
        ["java", "-jar", jar, *_OPTIONS, *pages], check=True, capture_output=True, timeout=600
    )
    return [
        f"{Path(message['url']).name}: line {message.get('lastLine')}: {message['message']}"
        for message in json.loads(checked.stdout)["messages"]
        if _IGNORED not in message["message"]
    ]
