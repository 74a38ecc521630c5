"""Signed transactions to a node, and the blocks that they come into."""

import http.client
import json
import time

import chains

BATCH = 100


def offer(address, txs, offered, per_second=0):
    """In order, the next batch when the one before was answered, and not before its time."""
    host, port = address.split(":")
    link = http.client.HTTPConnection(host, int(port), timeout=120)
    size = min(BATCH, max(1, per_second // 20)) if per_second else BATCH
    began = time.monotonic()
    for at in range(0, len(txs), size):
        if per_second:
            time.sleep(max(0, began + at / per_second - time.monotonic()))
        batch = [{"jsonrpc": "2.0", "id": i, "method": "broadcast_tx_async", "params": {"tx": tx}}
                 for i, tx in enumerate(txs[at:at + size])]
        offered.append((time.monotonic(), len(batch)))
        link.request("POST", "/", json.dumps(batch), {"Content-Type": "application/json"})
        answers = json.load(link.getresponse())
        for answer in answers if isinstance(answers, list) else [answers]:
            assert "result" in answer, answer
    link.close()


def committed(address, first, total):
    """(seconds, transactions until then) for each block seen, until all are there."""
    seen, count, at = [], 0, first
    end = time.monotonic() + 180
    while count < total:
        assert time.monotonic() < end, f"{count} of {total} transactions in blocks"
        if chains.height(address) <= at:
            time.sleep(0.02)
            continue
        at += 1
        count += len(chains.rpc(address, f"block?height={at}")["block"]["data"]["txs"] or [])
        seen.append((time.monotonic(), count))
    return seen
