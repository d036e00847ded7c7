"""Ctrl-C and a service manager's stop: nothing is left in doubt, unless somebody insists."""

import os
import signal
import threading
import time

import pytest

from toolkit.cli.stopping import Stopping


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_the_first_time_is_remembered_and_the_second_interrupts(
    asked: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(asked)
    with Stopping() as stopping:
        stopping.stop_if_asked()
        os.kill(os.getpid(), asked)
        assert "stopping as soon as what is under way is answered" in capsys.readouterr().err
        with pytest.raises(KeyboardInterrupt):
            stopping.stop_if_asked()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), asked)
    assert signal.getsignal(asked) is before


def test_a_pause_ends_when_somebody_asks_to_stop() -> None:
    began = time.monotonic()
    with Stopping() as stopping:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
        stopping.wait(60)
    assert time.monotonic() - began < 30
