"""A STOMP document with AsyncAPI's own `reply`: a request with one reply, over a real socket."""

import importlib
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

from chat_server import serving
from stompgen import generate_files
from stompgen.output import write_tree
from stompws.shapes import Raw

SPEC = Path(__file__).parents[1] / "corpus" / "documents" / "3.0-stomp-reply.yaml"
PACKAGE = "sums_bindings"


@pytest.fixture(scope="module")
def sums(tmp_path_factory) -> Any:
    """The generated package."""
    folder = tmp_path_factory.mktemp("sums")
    write_tree(generate_files(SPEC, package=PACKAGE), folder)
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


def test_a_request_with_a_parameter_returns_its_reply(sums) -> None:
    """The parameter chooses the destination, the correlation id finds the reply."""
    module = importlib.import_module(f"{PACKAGE}.server")

    class Adder(module.SumsHandler):
        async def add(self, request, replies, *, base="10") -> None:
            total = sum(int(str(term), int(base)) for term in request.terms)
            await replies.add_reply(sums.Result(sum=total))

    with serving(Adder()) as server:

        @attrs.frozen(kw_only=True)
        class Here(sums.Broker):
            location = f"127.0.0.1:{server.port}/ws"

        api = sums.Sums(Here(plain=True))
        assert api.add(sums.Sum(terms=(10, 11))) == sums.Result(sum=21)
        assert api.add(sums.Sum(terms=(10, 11)), base="2") == sums.Result(sum=5)
    sent = [frame.header("destination") for frame in server.frames if frame.command == "SEND"]
    assert sent == ["/app/sum/10", "/app/sum/2"]


@pytest.mark.usefixtures("sums")
def test_a_text_is_heard_as_it_is() -> None:
    """It is no JSON, and the client does not pretend it were."""
    news = importlib.import_module(f"{PACKAGE}.operations").NEWS
    assert (news.messages[0].payload, news.messages[0].content_type) == (Raw, "text/plain")
