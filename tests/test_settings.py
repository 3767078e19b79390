"""Settings: flags, then environment, then defaults; the README's table names each of them."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings


def test_flags_go_before_the_environment_and_that_before_defaults() -> None:
    assert Settings.load({}).port == 7860
    assert Settings.load({"ASSISTANT_PORT": "8000"}).port == 8000
    assert Settings.load({"ASSISTANT_PORT": "8000"}, port=9000).port == 9000


@pytest.mark.parametrize("value", ["many", "-1", "99999999"])
def test_a_bad_value_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match=r"ASSISTANT_PORT.*found"):
        Settings.load({"ASSISTANT_PORT": value})


def test_the_readme_has_every_setting() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    for setting in fields(Settings):
        default = setting.default if setting.default != "" else " "
        assert (
            f"| `ASSISTANT_{setting.name.upper()}` | {f'`{default}`' if default != ' ' else 'empty'} | {setting.metadata['help']} |"
            in readme
        )
