"""Words: both languages say the same things, and a missing or extra value is an error that names it."""

import pytest

from prompts import LANGUAGES, PromptError, phrase, phrases


def test_the_languages_have_the_same_phrases() -> None:
    assert {language: set(phrases(language)) for language in LANGUAGES} == {
        key: set(phrases("zh")) for key in LANGUAGES
    }


def test_values_are_filled_in_as_they_are() -> None:
    assert "“{x}”" in phrase("abstain_missing", "en", missing="{x}")


@pytest.mark.parametrize("values", [{}, {"missing": "a", "other": "b"}])
def test_missing_and_extra_values_are_named(values: dict[str, str]) -> None:
    with pytest.raises(PromptError, match="missing"):
        phrase("abstain_missing", "zh", **values)
