"""The head of a response goes with its body in one write; nothing is held longer than a turn of the loop, nor overtaken."""

import asyncio

from app.http.connection import Together

HEAD, BODY = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n", b"body"


class Recorded(asyncio.Transport):
    """Notes what reaches the transport."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.done.append(bytes(data))

    def get_write_buffer_size(self) -> int:
        return 0

    def close(self) -> None:
        self.done.append(b"closed")


def written(*steps: bytes, turns: int = 0) -> list[bytes]:
    """Return what has reached the transport after some writes, each some turns of the loop after the one before."""

    async def main() -> list[bytes]:
        transport = Recorded()
        together = Together(transport, asyncio.get_running_loop())
        for step in steps:
            if step == b"closed":
                together.close()
            else:
                together.write(step)
            for _ in range(turns):
                await asyncio.sleep(0)
        return list(transport.done)

    return asyncio.run(main())


def test_a_head_and_its_body_are_one_write() -> None:
    assert written(HEAD, BODY, HEAD, BODY) == [HEAD + BODY, HEAD + BODY]


def test_a_head_alone_goes_in_the_next_turn() -> None:
    assert written(HEAD) == []
    assert written(HEAD, turns=1) == [HEAD]
    assert written(HEAD, BODY, turns=1) == [HEAD, BODY]


def test_what_is_no_head_goes_at_once() -> None:
    assert written(BODY, HEAD, BODY, BODY) == [BODY, HEAD + BODY, BODY]


def test_a_head_is_written_before_the_transport_closes() -> None:
    assert written(HEAD, b"closed") == [HEAD, b"closed"]
    assert written(HEAD, BODY, b"closed", turns=1) == [HEAD, BODY, b"closed"]
