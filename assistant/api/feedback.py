"""`POST /api/feedback`: a thumb up or down, with a comment where somebody wrote one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints

from assistant.api import problems
from assistant.api.questions import Text
from assistant.feedback import LONGEST, Feedback, Rating

Bounded = Annotated[Text, StringConstraints(max_length=LONGEST)]


class FeedbackBody(BaseModel):
    """What somebody thought of an answer."""

    model_config = ConfigDict(extra="forbid")

    question: Bounded
    answer: Bounded
    rating: Rating
    comment: Bounded = ""
    language: Annotated[Text, StringConstraints(max_length=20)] = ""


def routes(feedback: Feedback) -> APIRouter:
    """The route that records feedback."""
    router = APIRouter(tags=["feedback"])

    @router.post(
        "/api/feedback",
        status_code=204,
        summary="Say what you think of an answer",
        responses=problems.documented(422, 500),
    )
    def record(body: FeedbackBody) -> None:
        feedback.record(body.rating, body.question, body.answer, body.comment, body.language)

    return router
