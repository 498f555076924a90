"""samconfig.toml, in which SAM saves the answers of a guided deployment for each stage.

It is not tracked by git. A stage is a configuration environment of SAM: `--config-env production`.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.lib.paths import ROOT

SAMCONFIG = ROOT / "samconfig.toml"
DEFAULT_STAGE = "default"

_SECTION = re.compile(r"^\s*\[([^]]+)\]")
_OVERRIDES = re.compile(r"^\s*parameter_overrides\s*=")


def read_stages(path: Path = SAMCONFIG) -> dict[str, dict[str, Any]]:
    """Return what is saved of deployments of each stage, {} if the file is missing or not TOML."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    stages = {name: said for name, said in document.items() if isinstance(said, dict)}
    return {name: _deploy_settings(said) for name, said in stages.items()}


def find_answered_stage(before: Mapping[str, Any], after: Mapping[str, Any], stage: str) -> str:
    """Return the stage that a guided deployment saved: the one that changed, else `stage`."""
    changed = [name for name in after if after[name] != before.get(name)]
    return changed[0] if len(changed) == 1 else stage


def drop_parameters(stage: str, path: Path = SAMCONFIG) -> bool:
    """Remove the parameters of a stage that was deployed, and return whether none is left.

    CloudFormation keeps the parameters of a stack. Saved ones would undo later changes.
    """
    if "parameter_overrides" not in read_stages(path).get(stage, {}):
        return True
    text = path.read_text("utf-8")
    shortened = _without_overrides(text, f"{stage}.deploy.parameters")
    if not _differs_in_overrides_alone(text, shortened, stage):
        return False
    path.write_text(shortened, "utf-8")
    return True


def _deploy_settings(said: Mapping[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for command in ("global", "deploy"):
        settings |= said.get(command, {}).get("parameters", {})
    return settings


def _without_overrides(text: str, section: str) -> str:
    kept, current = [], ""
    for line in text.splitlines(keepends=True):
        if match := _SECTION.match(line):
            current = match[1].replace('"', "").strip()
        if current != section or not _OVERRIDES.match(line):
            kept.append(line)
    return "".join(kept)


def _differs_in_overrides_alone(text: str, shortened: str, stage: str) -> bool:
    """Return whether nothing else was cut: a value may have been written on several lines."""
    expected = tomllib.loads(text)
    expected[stage]["deploy"]["parameters"].pop("parameter_overrides", None)
    try:
        return tomllib.loads(shortened) == expected
    except tomllib.TOMLDecodeError:
        return False
