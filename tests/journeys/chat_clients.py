"""Real clients talk to a real node: OpenAI's library, curl -N and a WebSocket.

Usage: chat_clients.py CAMBIUM. Shows that streamed prices add up exactly to what the credit ledger
took, and that a cancelled answer ends within 100 ms and is billed for what was sent.
"""

import json
import subprocess
import sys
import time
import unittest
from decimal import Decimal

from openai import NotFoundError, OpenAI
from websockets.sync.client import connect

from running_node import Node

CANCEL_WITHIN_S = 0.1
STREAMS = 16
NODE = None


class ChatClients(unittest.TestCase):
    def setUp(self):
        self.before = NODE.balance()
        self.openai = OpenAI(base_url=NODE.url + "/v1", api_key="none", max_retries=0)

    def charged(self):
        return self.before - NODE.balance()

    def test_openai_client_streams_and_pays_the_sum(self):
        chunks = list(self.openai.chat.completions.create(
            model="cambium-small", stream=True, max_tokens=24, seed=3,
            messages=[{"role": "user", "content": "In the beginning"}]))
        text = "".join(c.choices[0].delta.content or "" for c in chunks)
        last = chunks[-1]
        costs = [Decimal(c.model_extra["cambium"]["cost"]) for c in chunks
                 if "cost" in (c.model_extra or {}).get("cambium", {})]
        whole = Decimal(last.model_extra["cambium"]["total_cost"])
        first = Decimal(next(c for c in chunks if "cumulative_cost" in
                             (c.model_extra or {}).get("cambium", {}))
                        .model_extra["cambium"]["cumulative_cost"]) - costs[0]
        self.assertTrue(text)
        self.assertEqual(last.usage.completion_tokens, len(costs))
        self.assertEqual(first + sum(costs), whole)
        self.assertEqual(self.charged(), whole)

    def test_openai_client_without_streaming(self):
        answer = self.openai.chat.completions.create(
            model="cambium-small", max_tokens=8,
            messages=[{"role": "user", "content": "And God said"}])
        self.assertEqual(answer.usage.completion_tokens, 8)
        self.assertEqual(self.charged(), Decimal(answer.model_extra["cambium"]["total_cost"]))

    def test_openai_client_hears_which_model_is_missing(self):
        with self.assertRaises(NotFoundError) as refused:
            self.openai.chat.completions.create(
                model="nobody", messages=[{"role": "user", "content": "x"}])
        self.assertIn("nobody", str(refused.exception))
        self.assertEqual(self.charged(), 0)

    def test_curl_streams_tokens_with_their_prices(self):
        reply = subprocess.run(
            ["curl", "-sN", f"{NODE.url}/chat/stream?prompt=And+God+said&max_tokens=20"],
            check=True, capture_output=True, timeout=20, text=True).stdout
        events = [dict(line.split(": ", 1) for line in block.splitlines())
                  for block in reply.strip().split("\n\n")]
        data = [json.loads(event["data"]) for event in events]
        self.assertEqual(events[0]["event"], "stream_start")
        self.assertEqual(events[-1]["event"], "stream_end")
        prices = [Decimal(data[0]["input_cost"])] + [
            Decimal(d["cost"]) for e, d in zip(events, data) if e["event"] == "token"]
        self.assertEqual(sum(prices), Decimal(data[-1]["total_cost"]))
        self.assertEqual(self.charged(), sum(prices))

    def test_cancelled_answers_end_at_once_and_cost_what_was_sent(self):
        with connect(NODE.url.replace("http", "ws") + "/ws/chat") as socket:
            for stream in range(STREAMS):
                socket.send(json.dumps({"type": "start", "id": str(stream), "seed": stream,
                                        "prompt": "And", "max_tokens": 200}))
            received, ends, cancelled_at = {}, {}, None
            while len(ends) < STREAMS:
                message = json.loads(socket.recv(timeout=20))
                self.assertNotEqual(message["type"], "error", message)
                if message["type"] == "token" and Decimal(message["cost"]) > 0:
                    received[message["id"]] = received.get(message["id"], 0) + 1
                    if cancelled_at is None:
                        for stream in range(STREAMS):
                            socket.send(json.dumps({"type": "cancel", "id": str(stream)}))
                        cancelled_at = time.monotonic()
                if message["type"] == "stream_end":
                    ends[message["id"]] = message
            took = time.monotonic() - cancelled_at
        reasons = [end["reason"] for end in ends.values()]
        print(f"cancel: {reasons.count('cancelled')} of {STREAMS} answers ended early, "
              f"the last {took * 1000:.0f} ms after the request")
        self.assertLess(took, CANCEL_WITHIN_S)
        self.assertIn("cancelled", reasons)
        for stream, end in ends.items():
            self.assertEqual(end["total_tokens"], received.get(stream, 0))
        self.assertEqual(self.charged(), sum(Decimal(e["total_cost"]) for e in ends.values()))
        self.assertEqual(NODE.held(), 0)

    def test_use_pays_the_expert_that_was_used(self):
        self.openai.completions.create(model="cambium-small", prompt="And he said", max_tokens=16)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            top = NODE.get("/experts/top?limit=100")["items"]
            if any(int(expert["earned_nano_ucbm"]) > 0 for expert in top):
                return
            time.sleep(0.5)
        self.fail(f"no expert has earned anything: {top}")


if __name__ == "__main__":
    binary = sys.argv.pop(1)
    with Node(binary) as NODE:
        unittest.main(verbosity=2)
