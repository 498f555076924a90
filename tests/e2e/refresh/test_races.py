"""Concurrent refreshes over a real S3 server, and refreshes that are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from handler.adapters.storage.s3_boto3 import Boto3Archive, Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.bootstrap.refresh import snapshot_repository
from handler.bootstrap.render import snapshot_reader
from handler.services.snapshot_repository import SnapshotRepository
from handler.settings import Settings
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import AS_OF
from tests.support.constants import PROJECT
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import repeat
from tests.support.racing_refresh import MODELS, numbered_price, refresh

pytestmark = pytest.mark.e2e

# In each round, over a store of its own: a history keeps 200 changes of a fact.
RACES = 50
KILLS = repeat(5, 10)
RACING_ROUNDS = range(repeat(1, 20))
KILLING_ROUNDS = range(repeat(1, 25))
MAX_LIFETIME_SECONDS = {"folder": 0.3, "s3": 1.0}


@pytest.fixture
def location(seaweed: SeaweedS3) -> S3Location:
    bucket = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(bucket)
    return S3Location.parse(f"s3://{bucket}/catalog", seaweed.region, seaweed.endpoint_url)


def open_repository(seaweed: SeaweedS3, location: S3Location) -> SnapshotRepository:
    client = seaweed.client()
    archive = Boto3Archive(location, client)
    store = Boto3Store(location, client)
    return SnapshotRepository(store, archive, time.sleep, lambda: uuid4().hex)


@pytest.mark.promise("P10", "races of two refreshes over S3")
@pytest.mark.parametrize("turn", RACING_ROUNDS)
def test_concurrent_refreshes_record_each_event_once(
    seaweed: SeaweedS3,
    location: S3Location,
    turn: int,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("tried", RACES)
    refresh(open_repository(seaweed, location), 0)
    with ThreadPoolExecutor(2) as threads:
        for first in range(1, 2 * RACES, 2):
            pair = [first, first + 1]
            random.Random(f"{turn} {first}").shuffle(pair)
            repositories = [open_repository(seaweed, location) for _ in pair]
            for racing in [
                threads.submit(refresh, *one) for one in zip(repositories, pair, strict=True)
            ]:
                racing.result()

    catalog = open_repository(seaweed, location).load()
    profiles = {profile.model.id: profile for profile in catalog.profiles}
    points = profiles["a/0"].history.timelines["price"]
    numbers = range(2 * RACES + 1)
    assert [p.value["prompt"] for p in points] == [numbered_price(number + 2) for number in numbers]
    assert [p.moment for p in points] == [AS_OF + timedelta(minutes=n) for n in numbers]
    assert {f"only/{number}" for number in numbers} <= profiles.keys()
    assert len(profiles) == MODELS + len(numbers)


REFRESH_FOREVER = """
import os, sys
from handler.bootstrap.refresh import snapshot_repository
from handler.settings import Settings
from tests.support.racing_refresh import refresh
repository = snapshot_repository(Settings.from_env(os.environ))
print("ready", flush=True)
number = int(sys.argv[1])
while True:
    refresh(repository, number)
    number += 1
"""


@pytest.fixture(params=["folder", "s3"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The settings of a store: a folder, or a bucket of a real S3 server."""
    if request.param == "folder":
        return {"BURGEE_STORE": str(tmp_path)}
    server: SeaweedS3 = request.getfixturevalue("seaweed")
    s3: S3Location = request.getfixturevalue("location")
    return {
        "BURGEE_STORE": f"s3://{s3.bucket}/catalog",
        "AWS_REGION": server.region,
        "AWS_ENDPOINT_URL_S3": server.endpoint_url,
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
    }


def refresh_and_kill(seconds: float, environment: Mapping[str, str], number: int) -> None:
    """Refresh a store over and over in a process, and kill it."""
    process = subprocess.Popen(
        [sys.executable, "-c", REFRESH_FOREVER, str(number)],
        cwd=PROJECT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.promise("P11", "refreshes killed")
@pytest.mark.parametrize("turn", KILLING_ROUNDS)
def test_a_killed_refresh_leaves_a_good_store(
    tmp_path: Path,
    environment: dict[str, str],
    turn: int,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("tried", KILLS)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings.from_env(environment)
    repository, reader = snapshot_repository(settings), snapshot_reader(settings, environment)
    longest = MAX_LIFETIME_SECONDS["s3" if len(environment) > 1 else "folder"]
    rng = random.Random(turn)
    refresh(repository, 0)
    survived = []

    for _ in range(KILLS):
        last = newest(repository)
        refresh_and_kill(rng.uniform(0, longest), environment, last + 1)

        survived.append(newest(repository) - last)
        assert ask(create_app(reader), f"/only/{newest(repository)}").status == 200
        following = newest(repository) + 1
        refresh(repository, following)
        assert newest(repository) == following
        assert list(tmp_path.glob(".new-*")) == []

    ids = {profile.model.id for profile in repository.load().profiles}
    assert {f"only/{number}" for number in range(newest(repository) + 1)} <= ids
    assert max(survived) > 1


def newest(repository: SnapshotRepository) -> int:
    """Return the number of the newest merged list."""
    return round((repository.load().as_of - AS_OF) / timedelta(minutes=1))
