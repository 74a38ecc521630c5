"""A man in the middle between a validator's CometBFT and its application. The test decides what
passes: so a validator breaks rules that the program itself has no way to break."""

import shlex
import socket
import threading

import wire
from clocks import cometbft_of

# Numbers of CometBFT's requests; those of the answers.
PREPARE_PROPOSAL, EXTEND_VOTE = 16, 18
PREPARED_PROPOSAL, EXTENDED_VOTE = 17, 19


def as_is(_, body):
    return body


class Between:
    """Speaks both ways. `request` and `reply` are given each message's number and its bytes, and
    answer with the bytes that go on; exactly one message goes on for each."""

    def __init__(self, validator, binary):
        self.request = self.reply = as_is
        folder = validator.home / "chains/utility/cometbft"
        self.far = str(folder / "abci.sock")
        near = str(validator.home / "between.sock")
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(near)
        self.door.listen()
        wrapper = validator.home / "cometbft.sh"
        wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(cometbft_of(binary))} "$@" '
                           f'--proxy_app {shlex.quote("unix://" + near)}\n')
        wrapper.chmod(0o755)
        validator.change_settings(cometbft_binary=str(wrapper))
        threading.Thread(target=self._welcome, daemon=True).start()

    def _welcome(self):
        while True:
            near, _ = self.door.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.far)
            for one, other, name in ((near, far, "request"), (far, near, "reply")):
                threading.Thread(target=self._carry, args=(one, other, name), daemon=True).start()

    def _carry(self, one, other, name):
        try:
            with one.makefile("rb") as stream:
                while frame := read_frame(stream):
                    [(number, kind, body)] = wire.read(frame)
                    body = getattr(self, name)(number, body)
                    frame = wire.write([(number, kind, body)])
                    other.sendall(wire.varint(len(frame)) + frame)
        except OSError:
            pass  # the other end has gone
        finally:
            for end in (one, other):  # CometBFT dials again
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def read_frame(stream):
    """The next message; empty at the end."""
    size = shift = 0
    while byte := stream.read(1):
        size, shift = size | (byte[0] & 127) << shift, shift + 7
        if byte[0] < 128:
            return stream.read(size)
    return b""
