"""The settings of scripts/serve are those of the Lambda functions."""

from pathlib import Path

import pytest

from handler.domain.errors import SettingsError
from handler.settings import Settings
from scripts.commands import serve

pytestmark = pytest.mark.usefixtures("kept_signal_handlers")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "previews.example.org"),
        ("ROBOTS_LLM", "maybe"),
        ("CONTACT_URL", "javascript:alert(1)"),
        ("EXPLORER_URL", "//evil.example"),
        ("ENDPOINT_REQUESTS_PER_SECOND", "many"),
        ("ENDPOINT_TIME_BUDGET_SECONDS", "-1"),
        ("MAX_LOST_FRACTION", "2"),
        ("MAX_REPRICED_FRACTION", "x"),
        ("MAX_SKIPPED_FRACTION", "nan"),
        ("OPENROUTER_API_KEY", "a\nb"),
    ],
)
def test_invalid_setting_is_refused_as_in_lambda(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as in_lambda:
        Settings.from_env({"BURGEE_STORE": "store", name: value})
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        serve.main(["--store", str(tmp_path / "store"), "--port", "0", "--offline"])

    assert str(refused.value) == str(in_lambda.value)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("option", [[], ["--store", "s3://bucket/other"]])
def test_bucket_is_refused(option: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURGEE_STORE", "s3://bucket/catalog")

    with pytest.raises(SettingsError, match=r"^the store is s3://bucket/.*: scripts/serve needs"):
        serve.main([*option, "--port", "0", "--offline"])
