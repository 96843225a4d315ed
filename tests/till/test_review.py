"""Rules of the money path that a second reader found broken."""

import pytest

from ips_till.player import ask


@pytest.mark.criterion("AC28")
@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_handler_that_ends_its_thread_does_not_end_the_payment(end: type[BaseException]) -> None:
    """It has failed, as any other that raises: the policy answers, and the payment goes on."""

    def handler(_: object) -> bool:
        raise end

    with pytest.raises(RuntimeError, match=end.__name__):
        ask(handler, None, 5)
