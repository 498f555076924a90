import gzip
from pathlib import Path

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_sigv4 import SigV4Reader
from handler.bootstrap.refresh import build_scheduled_refresh, live_sources, snapshot_repository
from handler.bootstrap.render import create_site_from_env, snapshot_reader
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.errors import SettingsError
from handler.settings import Settings
from handler.web.app import respond
from handler.web.http.request import Request
from tests.support.builders import HERMES, catalog_bytes, contents, profile

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
ON_S3 = {"BURGEE_STORE": "s3://bucket/catalog", "AWS_REGION": "eu-central-1"}


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({"BURGEE_STORE": "folder"}, FileStore),
        ({**ON_S3, **KEYS}, SigV4Reader),
        ({**ON_S3, **KEYS, "AWS_SESSION_TOKEN": "token"}, SigV4Reader),
        (ON_S3, Boto3Store),
        ({**ON_S3, "AWS_ACCESS_KEY_ID": "key"}, Boto3Store),
    ],
    ids=["a folder", "plain credentials", "temporary ones", "none", "half of them"],
)
def test_a_snapshot_is_read_in_the_lightest_way_there_is(
    environment: dict[str, str], kind: type
) -> None:
    assert type(snapshot_reader(Settings.from_env(environment), environment)) is kind


def test_folder_store_has_its_archive_inside(tmp_path: Path) -> None:
    kept = snapshot_repository(Settings.from_env({"BURGEE_STORE": str(tmp_path)}))

    kept.update(lambda _known: contents(profile(HERMES)))
    kept.archive("name", b"body")

    assert kept.load() == contents(profile(HERMES))
    assert gzip.decompress((tmp_path / "raw" / "name.gz").read_bytes()) == b"body"


def test_enabled_sources_are_built() -> None:
    everything = live_sources(Settings.from_env({"BURGEE_STORE": "x", "OPENROUTER_API_KEY": "key"}))
    nothing = live_sources(
        Settings.from_env(
            {"BURGEE_STORE": "x", "ARENA_URL": "off", "ENDPOINT_REQUESTS_PER_SECOND": "0"}
        )
    )

    assert None not in (everything.endpoints, everything.arena, everything.usage)
    assert (nothing.endpoints, nothing.arena, nothing.usage) == (None, None, None)
    assert everything.models.coverage == EVERYTHING


def test_application_serves_the_store_of_the_environment(tmp_path: Path) -> None:
    FileStore(tmp_path).put(catalog_bytes([HERMES]), None)

    site = create_site_from_env(
        {"BURGEE_STORE": str(tmp_path), "SITE_URL": "https://previews.example.org"}
    )

    body = respond(site, Request("GET", "/nousresearch/hermes-4-405b")).body
    assert b'href="https://previews.example.org/nousresearch/hermes-4-405b"' in body


def test_the_render_side_requires_a_site_url(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SITE_URL is not set"):
        create_site_from_env({"BURGEE_STORE": str(tmp_path)})


@pytest.mark.parametrize("build", [create_site_from_env, build_scheduled_refresh])
def test_nothing_is_built_without_its_settings(build: object) -> None:
    assert callable(build)
    with pytest.raises(SettingsError, match="BURGEE_STORE"):
        build({})
