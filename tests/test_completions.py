"""OpenAI's API over the assistant, with the clients that people use: OpenAI's own and LangChain's."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import httpx
import openai
import pytest
from langchain_openai import ChatOpenAI

from assistant import Answer, Assistant
from assistant.answer import Usage
from assistant.api.application import create_app
from assistant.citations import Citation
from assistant.understanding.followup import Turn
from tests.conftest import Serving

QUESTION = "What is the daily allowance?"
ASKED: list[Any] = [{"role": "user", "content": QUESTION}]


class Scripted(Assistant):
    """An assistant that on request breaks midway, or says another thing in the end than it began with."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        if question == "break":
            yield "It is "
            raise RuntimeError("/secret/path: broken")
        if question == "change":
            yield "It was "
            yield replace(self.ask(QUESTION), text="Another answer.", notices=("Take care.",), usage=Usage(5, 2))
        else:
            yield from super().stream(question, history, documents)


@pytest.fixture(scope="module")
def address(tiny: Assistant, serving: Serving) -> Iterator[str]:
    with serving(lambda: create_app(Scripted(tiny.index, tiny.settings))) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_the_client_gets_the_answer_with_its_citations(client: openai.OpenAI, tiny: Assistant) -> None:
    [model] = client.models.list()
    assert client.models.retrieve(model.id) == model
    completion = client.chat.completions.create(model=model.id, messages=ASKED, temperature=0, max_tokens=50)
    expected = tiny.ask(QUESTION)
    assert completion.choices[0].message.content == expected.text
    assert completion.choices[0].finish_reason == "stop"
    citations = [json.loads(json.dumps(citation.to_dict())) for citation in expected.citations]
    assert completion.model_extra is not None
    assert completion.model_extra["citations"] == citations
    assert completion.choices[0].message.model_extra == {"citations": citations}
    assert completion.usage is not None
    # No chat model, no tokens.
    assert completion.usage.total_tokens == 0


def test_the_client_streams_the_same_answer(client: openai.OpenAI, tiny: Assistant) -> None:
    options: Any = {"include_usage": True}
    chunks = list(client.chat.completions.create(model="any", messages=ASKED, stream=True, stream_options=options))
    expected = tiny.ask(QUESTION)
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == expected.text
    assert chunks[0].choices[0].delta.role == "assistant"
    last, usage = chunks[-2:]
    assert last.choices[0].finish_reason == "stop"
    assert last.model_extra is not None
    assert [c["quote"] for c in last.model_extra["citations"]] == [c.quote for c in expected.citations]
    assert usage.choices == []
    assert usage.usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_ends_as_clients_expect(address: str) -> None:
    body = {"messages": ASKED, "stream": True}
    response = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=60)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    assert response.text.endswith("data: [DONE]\n\n")
    assert "usage" not in response.text


def test_earlier_messages_are_the_history_and_others_are_passed_over(client: openai.OpenAI, tiny: Assistant) -> None:
    answer = tiny.ask(QUESTION)
    messages: list[Any] = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "developer", "content": [{"type": "text", "text": "Rhyme."}]},
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": answer.text},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "And in 2021?"},
                {"type": "image_url", "image_url": {"url": "data:,"}},
            ],
        },
        {"role": "assistant", "content": None, "tool_calls": []},
    ]
    history: list[Turn] = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": answer.text}]
    completion = client.chat.completions.create(model="any", messages=messages)
    assert completion.choices[0].message.content == tiny.ask("And in 2021?", history).text


def test_documents_can_be_chosen_and_an_unknown_one_is_an_error(client: openai.OpenAI, tiny: Assistant) -> None:
    chosen = client.chat.completions.create(model="any", messages=ASKED, extra_body={"documents": ["travel"]})
    assert chosen.choices[0].message.content == tiny.ask(QUESTION).text
    for stream in (False, True):
        with pytest.raises(openai.BadRequestError, match="travel"):
            client.chat.completions.create(
                model="any", messages=ASKED, stream=stream, extra_body={"documents": ["sick"]}
            )  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("messages", "named"),
    [
        ([], "messages"),
        ([{"role": "system", "content": "x"}], "none of role user"),
        ([{"role": "nobody", "content": "x"}], "role"),
        ([{"role": "user", "content": 7}], "content"),
    ],
)
def test_what_is_no_conversation_is_said_in_openais_shape(client: openai.OpenAI, messages: Any, named: str) -> None:
    with pytest.raises(openai.BadRequestError) as found:
        client.chat.completions.create(model="any", messages=messages)
    assert found.value.type == "invalid_request_error"
    assert named in found.value.message


def test_several_answers_and_other_models_are_refused(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError):
        client.chat.completions.create(model="any", messages=ASKED, n=2)
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt")


def test_a_failure_is_an_error_and_tells_nothing_of_the_inside(client: openai.OpenAI) -> None:
    broken: list[Any] = [{"role": "user", "content": "break"}]
    with pytest.raises(openai.InternalServerError) as found:
        client.chat.completions.create(model="any", messages=broken)
    assert "secret" not in str(found.value)
    with pytest.raises(openai.APIError) as midway:
        list(client.chat.completions.create(model="any", messages=broken, stream=True))
    assert "try again" in str(midway.value)
    assert "secret" not in str(midway.value)


def test_an_answer_that_changed_midway_is_said_whole_with_what_is_to_be_known(client: openai.OpenAI) -> None:
    changed: list[Any] = [{"role": "user", "content": "change"}]
    chunks = client.chat.completions.create(model="any", messages=changed, stream=True)
    assert (
        "".join(c.choices[0].delta.content or "" for c in chunks) == "It was \n\n---\n\nAnother answer.\n\n> Take care."
    )
    whole = client.chat.completions.create(model="any", messages=changed)
    assert whole.choices[0].message.content == "Another answer.\n\n> Take care."
    assert whole.usage is not None
    assert (whole.usage.prompt_tokens, whole.usage.completion_tokens, whole.usage.total_tokens) == (5, 2, 7)


def test_langchain_asks_and_streams(address: str, tiny: Assistant) -> None:
    model = ChatOpenAI(base_url=f"{address}/v1", api_key="none", model="policy-assistant", max_retries=0)  # type: ignore[arg-type]
    expected = tiny.ask(QUESTION).text
    assert model.invoke(QUESTION).content == expected
    assert "".join(str(chunk.content) for chunk in model.stream(QUESTION)) == expected
