"""What can go wrong between a question and an answer, beyond the index (see index/errors.py).

AssistantError              shown to people as one line
├── SettingsError           a setting's value cannot be used
├── QuestionError           a request is not a question and a history
└── FeedbackError           feedback cannot be kept

An unanswerable, empty or overlong question is not an error: it gets an `Answer` that says so.
"""

from __future__ import annotations


class AssistantError(ValueError):
    """Base of this package's errors."""


class SettingsError(AssistantError):
    """A setting's value cannot be used."""


class QuestionError(AssistantError):
    """A request is not a question with a history of turns."""


class FeedbackError(AssistantError):
    """Feedback cannot be kept."""
