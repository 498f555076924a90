from pathlib import Path

import pytest

from handler.adapters.folder_store import FolderStore
from handler.adapters.s3_boto import BotoStore
from handler.adapters.s3_signed import SignedReader
from handler.bootstrap import render_app, scheduled_refresh, snapshot_reader, snapshot_store
from handler.domain.errors import SettingsError
from handler.settings import settings_from
from tests.records import HERMES, catalog_bytes
from tests.support.asgi import ask

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
ON_S3 = {"BURGEE_STORE": "s3://bucket/catalog", "AWS_REGION": "eu-central-1"}


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({"BURGEE_STORE": "folder"}, FolderStore),
        ({**ON_S3, **KEYS}, SignedReader),
        ({**ON_S3, **KEYS, "AWS_SESSION_TOKEN": "token"}, SignedReader),
        (ON_S3, BotoStore),
        ({**ON_S3, "AWS_ACCESS_KEY_ID": "key"}, BotoStore),
    ],
    ids=["a folder", "plain credentials", "temporary ones", "none", "half of them"],
)
def test_a_snapshot_is_read_in_the_lightest_way_there_is(
    environment: dict[str, str], kind: type
) -> None:
    assert type(snapshot_reader(settings_from(environment), environment)) is kind


@pytest.mark.parametrize(
    ("environment", "kind"),
    [({"BURGEE_STORE": "folder"}, FolderStore), ({**ON_S3, **KEYS}, BotoStore)],
    ids=["a folder", "S3"],
)
def test_a_snapshot_is_written_where_it_is_read(environment: dict[str, str], kind: type) -> None:
    assert type(snapshot_store(settings_from(environment))) is kind


def test_the_application_serves_what_the_environment_says(tmp_path: Path) -> None:
    FolderStore(tmp_path).write(catalog_bytes([HERMES]), None)

    app = render_app({"BURGEE_STORE": str(tmp_path), "SITE_URL": "https://previews.example.org"})

    text = ask(app, "/nousresearch/hermes-4-405b").text
    assert 'href="https://previews.example.org/nousresearch/hermes-4-405b"' in text


@pytest.mark.parametrize("build", [render_app, scheduled_refresh])
def test_nothing_is_built_without_its_settings(build: object) -> None:
    assert callable(build)
    with pytest.raises(SettingsError, match="BURGEE_STORE"):
        build({})
