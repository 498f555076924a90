import pytest

from handler.domain.errors import SettingsError
from scripts.commands.stack import read_settings


def test_each_function_gets_its_own_settings_alone() -> None:
    settings = read_settings(
        {"ROBOTS_LLM": "all", "ARENA_URL": "off", "SITE_URL": "https://x.example", "HOME": "/"}
    )

    assert settings == {"render": {"ROBOTS_LLM": "all"}, "refresh": {"ARENA_URL": "off"}}


@pytest.mark.parametrize(
    "setting", [{"ROBOTS_LLM": "some"}, {"MAX_LOST_FRACTION": "2"}], ids=["render", "refresh"]
)
def test_invalid_setting_is_refused_before_the_build(setting: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(setting))):
        read_settings(setting)
