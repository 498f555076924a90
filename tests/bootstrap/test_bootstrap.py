import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from handler.adapters.storage.fallback import FallbackReader
from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_sigv4 import SigV4Reader
from handler.bootstrap.refresh import build_scheduled_refresh, live_sources, snapshot_repository
from handler.bootstrap.render import create_site_from_env, snapshot_reader
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.errors import SettingsError, SourceError
from handler.domain.snapshot.names import OBJECT_NAME, OLDER_OBJECT_NAME
from handler.ports import START_BYTES
from handler.settings import Settings
from handler.web.app import respond
from handler.web.http.request import Request
from tests.support.builders import HERMES, catalog_bytes, contents, profile
from tests.support.servers.upstream import Upstream, json_body

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
    ids=["folder", "static credentials", "temporary credentials", "none", "no secret"],
)
def test_the_lightest_reader_is_chosen(environment: dict[str, str], kind: type) -> None:
    reader = snapshot_reader(Settings.from_env(environment), environment)

    assert isinstance(reader, FallbackReader)
    assert (type(reader.current), type(reader.older)) == (kind, kind)


def test_each_format_has_its_own_file(tmp_path: Path) -> None:
    older = catalog_bytes([HERMES])
    (tmp_path / OLDER_OBJECT_NAME).write_bytes(older)
    settings = Settings.from_env({"BURGEE_STORE": str(tmp_path)})
    reader, repository = snapshot_reader(settings, {}), snapshot_repository(settings)
    before = reader.read_start(START_BYTES)
    assert before
    assert before.body == older

    repository.update(lambda stored: (stored or contents())._replace(profiles=()))

    after = reader.read_start(START_BYTES, before.etag)
    assert after
    assert after.body == (tmp_path / OBJECT_NAME).read_bytes()
    assert (tmp_path / OLDER_OBJECT_NAME).read_bytes() == older


def test_the_archive_of_a_folder_is_in_it(tmp_path: Path) -> None:
    repository = snapshot_repository(Settings.from_env({"BURGEE_STORE": str(tmp_path)}))

    repository.update(lambda _stored: contents(profile(HERMES)))
    repository.archive("name", b"body")

    assert repository.load() == contents(profile(HERMES))
    assert gzip.decompress((tmp_path / "raw" / "name.gz").read_bytes()) == b"body"


def test_settings_turn_sources_off() -> None:
    all_sources = live_sources(
        Settings.from_env({"BURGEE_STORE": "x", "OPENROUTER_API_KEY": "key"})
    )
    few_sources = live_sources(
        Settings.from_env(
            {"BURGEE_STORE": "x", "ARENA_URL": "off", "ENDPOINT_REQUESTS_PER_SECOND": "0"}
        )
    )

    assert None not in (all_sources.endpoints, all_sources.arena, all_sources.usage)
    assert (few_sources.endpoints, few_sources.arena, few_sources.usage) == (None, None, None)
    assert all_sources.models.coverage == EVERYTHING


BY_NAME = {"BURGEE_STORE": "x", "OPENROUTER_API_KEY_NAME": "/burgee/key"}


def test_key_is_read_from_ssm_when_usage_is_fetched() -> None:
    rankings = {"data": [{"model": "acme/one"}], "meta": {"as_of": "2026-11-24"}}
    names: list[str] = []
    with Upstream(json_body(rankings)) as upstream:
        environment = {**BY_NAME, "OPENROUTER_URL": upstream.url}
        sources = live_sources(Settings.from_env(environment), read_from(names, " sk-1\n"))
        assert names == []
        assert sources.usage
        sources.usage.fetch()

    assert names == ["/burgee/key"]
    assert [r.headers["authorization"] for r in upstream.requests] == ["Bearer sk-1"]


@pytest.mark.parametrize("value", ["", " ", "sk-marked\nX-Evil: 1"])
def test_unusable_key_in_ssm_fails_usage_alone(value: str) -> None:
    sources = live_sources(Settings.from_env(BY_NAME), read_from([], value))

    assert sources.usage
    with pytest.raises(SourceError, match=r"^the SSM parameter /burgee/key ") as failed:
        sources.usage.fetch()
    assert "marked" not in str(failed.value)


def read_from(names: list[str], value: str) -> Callable[[str], str]:
    """Return a reader of secrets that notes their names and gives one value."""

    def read(name: str) -> str:
        names.append(name)
        return value

    return read


def test_the_site_is_built_from_the_environment(tmp_path: Path) -> None:
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
def test_missing_settings_are_an_error(build: object) -> None:
    assert callable(build)
    with pytest.raises(SettingsError, match="BURGEE_STORE"):
        build({})
