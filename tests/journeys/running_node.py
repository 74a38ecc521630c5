"""A cambium process of its own: a fresh home, ports the system chose, ended by the test."""

import json
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from decimal import Decimal

READY_WITHIN_S = 240


class Node:
    """`cambium up --nano` until it is ready; use as a context manager."""

    def __init__(self, binary):
        self.home = tempfile.mkdtemp(prefix="cambium-journey-")
        self.log = open(f"{self.home}.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [binary, "up", "--nano", "--home", self.home, "--port", "0", "--compute-port", "0"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.url = None

    def __enter__(self):
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"cambium ended early:\n{self.said()}")
            found = re.search(r"http://127\.0\.0\.1:\d+", self.said())
            if found:
                self.url = found.group()
                if self.is_ready():
                    return self
            time.sleep(0.2)
        raise RuntimeError(f"not ready within {READY_WITHIN_S} s:\n{self.said()}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def is_ready(self):
        """Whether the improved model is served: the story is told to its end."""
        try:
            return self.get("/ready")["ready"] and bool(self.get("/models")["items"][0]
                                                        ["contributed_experts"])
        except (OSError, IndexError, KeyError):
            return False

    def said(self):
        with open(self.log.name, encoding="utf-8") as log:
            return log.read()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=20) as reply:
            return json.load(reply)

    def balance(self):
        """Credits of the demo account that are neither spent nor held, exact."""
        return Decimal(self.get("/credits")["balance"])

    def held(self):
        return Decimal(self.get("/credits")["held"])
