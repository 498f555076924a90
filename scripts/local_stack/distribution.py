"""What template.yaml says of the distribution and the API's throttle, and CloudFront's rules.

Path patterns: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.lib.paths import ROOT

DEFAULT_PATTERN = "*"
_TEMPLATE = ROOT / "template.yaml"

# The template is read as text: the launchers have no YAML parser, and SAM CLI's takes a second.
# A test compares the result with what AWS makes of the template.
_POLICY = re.compile(r"^  (\w+):\n    Type: AWS::CloudFront::CachePolicy\n((?:    .*\n|\n)*)", re.M)
_NAMES = re.compile(r'QueryStrings:\n((?: +- (?:\w+|"[^"\n]+")\n)*)')
_SETTINGS = r"(?: .*\n)*? +AllowedMethods: \[(.+)\]\n(?: .*\n)*? +CachePolicyId: !Ref (\w+)\n"
_DEFAULT = re.compile(rf"DefaultCacheBehavior:\n{_SETTINGS}")
_BEHAVIOUR = re.compile(rf'- PathPattern: "([^"]+)"\n{_SETTINGS}')


class Behaviour(NamedTuple):
    """A cache behaviour: its path pattern, its policy and the query parameters that this lists.

    `methods` are those that it lets through, and caches.
    """

    pattern: str
    policy: str
    query: tuple[str, ...]
    methods: tuple[str, ...] = ("GET", "HEAD")


class Throttle(NamedTuple):
    """What the stage lets through: requests a second, and at once."""

    rate: float
    burst: int


def read_throttle(template: Path = _TEMPLATE) -> Throttle:
    """Return the throttle of the stage by default."""
    text = template.read_text("utf-8")
    rate, burst = (
        _find(rf"^  {name}:\n    Type: Number\n    Default: (\d+)\n", text)
        for name in ("RequestsPerSecond", "RequestBurst")
    )
    return Throttle(float(rate), int(burst))


def read_completion_seconds(template: Path = _TEMPLATE) -> int:
    """Return how long CloudFront waits for a response, over all attempts."""
    return int(_find(r"ResponseCompletionTimeout: (\d+)\n", template.read_text("utf-8")))


def read_behaviours(template: Path = _TEMPLATE) -> list[Behaviour]:
    """Return the behaviours in the order in which CloudFront tries them, the default last."""
    text = template.read_text("utf-8")
    queries = _query_names(text)
    default = _search(_DEFAULT, text).groups()
    found = [*_BEHAVIOUR.findall(text), (DEFAULT_PATTERN, *default)]
    return [
        Behaviour(pattern, policy, queries[policy], tuple(methods.split(", ")))
        for pattern, methods, policy in found
    ]


def find_behaviour(behaviours: Sequence[Behaviour], path: str) -> Behaviour:
    """Return the first behaviour whose pattern matches a path."""
    return next(each for each in behaviours if re.fullmatch(pattern_regex(each.pattern), path))


def pattern_regex(pattern: str) -> str:
    """Return a regular expression for the whole paths that a path pattern matches.

    `*` is any number of characters, slashes included, and `?` is one. Letter case matters. The
    leading slash is optional: `*.png` is `/*.png`.
    """
    absolute = pattern if pattern.startswith("/") else f"/{pattern}"
    wildcards = {"*": ".*", "?": "."}
    return "".join(wildcards.get(character) or re.escape(character) for character in absolute)


def _query_names(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return the query parameters that each cache policy lists, by the policy's name."""
    policies = {name: _NAMES.search(body) for name, body in _POLICY.findall(text)}
    return {
        name: tuple(re.findall(r'- "?([^"\n]+)', listed[1])) if listed else ()
        for name, listed in policies.items()
    }


def _find(pattern: str, text: str) -> str:
    return str(_search(re.compile(pattern, re.MULTILINE), text)[1])


def _search(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.search(text)
    if not found:
        raise ValueError(f"the template has no {pattern.pattern!r}")
    return found
