"""What Open WebUI, LobeChat and Dify send, by the real ``openai`` client: their own chores too."""

from __future__ import annotations

import json

import pytest
from openai import OpenAI

DAY = "2026-11-24"
QUESTION = "高新区三类医疗器械注册证奖励多少？"
ANSWER = "每个奖励200万元[1]。"
CHAT = f"USER: {QUESTION}\nASSISTANT: {ANSWER}"
TASK = """### Task:
{words}

### Guidelines:
- Write in the chat's primary language.

### Output:
JSON format: {json}

### Chat History:
<chat_history>
{chat}
</chat_history>"""
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
TOOLS = [{"type": "function", "function": {"name": "web_search", "parameters": {"type": "object"}}}]


@pytest.fixture(scope="module")
def say(server_url: str):
    client = OpenAI(base_url=f"{server_url}/v1", api_key="any", max_retries=0, timeout=60)

    def _say(*messages: tuple[str, object], **fields):
        sent = [{"role": role, "content": content} for role, content in messages]
        return client.chat.completions.create(
            model="tiaowen", messages=sent, extra_body={"as_of": DAY}, **fields
        )

    yield _say
    client.close()


def task(words: str, form: str) -> tuple[str, str]:
    return "user", TASK.format(words=words, json=form, chat=CHAT)


def text_of(reply) -> str:
    """The content of a reply that holds no answer and no citations."""
    assert reply.tiaowen is None
    assert "[1]" not in reply.choices[0].message.content.replace(ANSWER, "")
    return reply.choices[0].message.content


@pytest.mark.parametrize(
    ("words", "form", "wanted"),
    [
        ("Generate a concise, 3-5 word title.", '{ "title": "your title" }', {"title": QUESTION}),
        ("Generate 1-3 broad tags.", '{ "tags": ["tag1", "tag2"] }', {"tags": []}),
        ("Suggest 3-5 follow-ups.", '{ "follow_ups": ["Question 1?"] }', {"follow_ups": []}),
        ("Generate search queries.", '{ "queries": ["query1"] }', {"queries": []}),
        ("You are an autocompletion system.", '{ "text": "<your_completion>" }', {"text": ""}),
    ],
)
def test_chores_of_open_webui(say, words: str, form: str, wanted: dict) -> None:
    assert json.loads(text_of(say(task(words, form), max_tokens=1000))) == wanted


def test_a_chore_as_a_stream(say) -> None:
    sent = task("Generate a concise title.", '{ "title": "your title" }')
    *chunks, last = say(sent, stream=True, stream_options={"include_usage": True})
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert json.loads(text) == {"title": QUESTION}
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert last.usage.completion_tokens == len(text)


def test_chores_of_lobechat_and_dify(say) -> None:
    system = "You are a professional conversation summarizer. Generate a concise title."
    chat = f"user: {QUESTION}\nassistant: {ANSWER}"
    for words in (system, "将用户的会话总结为 10 个字以内的标题"):
        assert text_of(say(("system", words), ("user", chat))) == QUESTION
    dify = (
        'Generate a concise chat title.\n{\n"Language Type": "…",\n"Your Output": "…"\n}\n\n'
        f"User Input:\n{QUESTION}\n"
    )
    assert json.loads(text_of(say(("user", dify))))["Your Output"] == QUESTION
    follow = (
        f"Human: {QUESTION}\nPlease help me predict the three most likely questions.\nquestions:\n"
    )
    assert text_of(say(("user", follow))) == "[]"
    tools = 'Available Tools: [{"name": "search"}]\nIf no tools match: {"tool_calls": []}'
    assert json.loads(text_of(say(("system", tools), ("user", QUESTION)))) == {"tool_calls": []}


def test_a_question_as_open_webui_sends_it(say) -> None:
    """With everything beside it: a system prompt, tools, sampling, texts it found, a user."""
    fields = {"temperature": 0.8, "max_tokens": 1, "tools": TOOLS, "user": "u1", "n": 1}
    order = ("system", "You are a pirate. Answer in one word. User Context: 张三")
    *chunks, last = say(
        order, ("user", QUESTION), **fields, stream=True, stream_options={"include_usage": True}
    )
    answer = chunks[-1].tiaowen
    assert answer["question"] == QUESTION
    assert "200万元" in answer["answer"]
    assert last.usage.total_tokens == last.usage.prompt_tokens + last.usage.completion_tokens
    found = "### Task:\nRespond to the user query using the provided context.\n\n<context>\n"
    found += '<source id="1">每个奖励一亿元</source>\n</context>\n\n'
    for wrapped in (found + QUESTION, f"{found}<user_query>\n{QUESTION}\n</user_query>\n"):
        reply = say(("user", [{"type": "text", "text": wrapped}])).tiaowen
        assert (reply["question"], reply["answer"]) == (QUESTION, answer["answer"])


def test_a_picture_spoils_its_own_question_only(say) -> None:
    parts = [{"type": "text", "text": QUESTION}, IMAGE]
    reply = say(("user", parts), ("user", [IMAGE]), ("assistant", None), ("user", "一年最多多少？"))
    assert "500万元" in reply.tiaowen["answer"]


def test_a_question_that_speaks_of_titles_is_a_question(say) -> None:
    for question in (
        "title: 标题是什么",
        "user: 高新区三类医疗器械注册证奖励多少？",
        "### Task: 奖励",
    ):
        assert say(("system", "Give the chat a title."), ("user", question)).tiaowen is not None


def test_what_dify_sends_to_see_whether_a_model_is_there(say) -> None:
    reply = say(("user", "ping"), max_tokens=5)
    assert reply.object == "chat.completion"
    assert reply.choices[0].message.content
