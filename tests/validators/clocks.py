"""Validators whose clocks the test sets: the node's and its CometBFT's alike."""

import pathlib
import shlex
import sys

import clock
from network import OwnNodes

CLOCK = pathlib.Path(clock.__file__).resolve()


def at(seconds):
    """What a program is started through to live so far from the true time."""
    return [sys.executable, str(CLOCK), str(seconds)]


class TimedNodes(OwnNodes):
    def __init__(self, binary, *options, validators=4):
        super().__init__(binary, *options, validators=validators)
        comet = cometbft_of(binary)
        for validator in self.validators:
            offset, wrapper = validator.home / "clock", validator.home / "cometbft.sh"
            wrapper.write_text(
                f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(CLOCK))} '
                f'"$(cat {shlex.quote(str(offset))})" {shlex.quote(comet)} "$@"\n')
            wrapper.chmod(0o755)
            validator.change_settings(cometbft_binary=str(wrapper))
            self.move(validator, 0)

    def move(self, validator, seconds):
        """From now on its clock is so far from the true one; now, and when it starts again."""
        (validator.home / "clock").write_text(str(seconds))
        validator.prefix = at(seconds)
        if validator.own and validator.own.poll() is None:
            for pid in [validator.own.pid, *validator.consensus()]:
                clock.move(pid, seconds)


def cometbft_of(binary):
    """Where the node itself would look first."""
    for folder in pathlib.Path(binary).resolve().parents:
        for place in (folder / "cometbft", folder / ".cambium/bin/cometbft"):
            if place.is_file():
                return str(place)
    return str(pathlib.Path.home() / "go/bin/cometbft")
