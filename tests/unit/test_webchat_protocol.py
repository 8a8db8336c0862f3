"""Frames of the web chat, whatever a page may send."""

import json
from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.incoming import Press, Text
from bot.web.json_answers import json_for_html
from bot.web.webchat_protocol import BadFrame, Hello, Older, Says, Seen, decode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(["t", "id", "text", "action", "label", "under", "latitude", "longitude", "after"])
KINDS = st.sampled_from(["hello", "text", "press", "location", "older", "seen", "ping"])


def frame(**fields: object) -> str:
    """A frame as text."""
    return json.dumps(fields)


@given(st.text() | JSON.map(json.dumps))
def test_nothing_but_a_frame_is_a_frame(text: str) -> None:
    with pytest.raises(BadFrame):
        decode(text)


@given(st.dictionaries(NAMES, JSON), KINDS)
def test_a_frame_with_any_contents_is_read_or_refused(fields: dict[str, object], kind: str) -> None:
    with suppress(BadFrame):
        decode(frame(**{**fields, "t": kind, "id": "a-good-name"}))


def test_half_an_emoji_is_refused_and_does_no_harm() -> None:
    with pytest.raises(BadFrame):
        decode('{"t":"text","id":"a-good-name","text":"\\ud83d"}')


def test_what_no_database_can_keep_is_left_out() -> None:
    assert decode(frame(t="text", id="a-good-name", text="a\0b")) == Says("a-good-name", Text("ab"))


def test_a_label_is_cut_to_what_a_label_may_be() -> None:
    says = decode(frame(t="press", id="a-good-name", action="menu", label="x" * 500, under="7"))

    assert says == Says("a-good-name", Press("menu", "7"), "x" * 80)


def test_an_id_beyond_every_log_is_no_id() -> None:
    assert decode(frame(t="hello", after="9" * 30)) == Hello(None, None)
    assert decode(frame(t="older", before="9" * 18)) == Older(10**18 - 1)
    assert decode(frame(t="seen", id="17")) == Seen(17)


def test_nothing_in_a_script_block_can_end_it() -> None:
    raw = json_for_html({"text": "</script><!--&"})

    assert raw == '{"text":"\\u003c/script\\u003e\\u003c!--\\u0026"}'
    assert orjson.loads(raw) == {"text": "</script><!--&"}
