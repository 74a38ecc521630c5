"""The checker sees what it is for: what was lost, what was done twice, histories that differ."""

import types
import unittest

from load import check


class Node:
    def __init__(self, name, blocks):
        self.name = name
        self.blocks = blocks  # a list of lists of transactions

    def height(self):
        return len(self.blocks)

    def block(self, height):
        txs = self.blocks[height - 1]
        return {"hash": f"block {height} {txs}", "header": {"state_root": f"after {txs}"},
                "txs": [{"hash": tx} for tx in txs]}


def check_of(*histories, acknowledged):
    nodes = [Node(f"node{i}", blocks) for i, blocks in enumerate(histories)]
    load = types.SimpleNamespace(acknowledged=acknowledged, unsure=0)
    return check(types.SimpleNamespace(validators=nodes), load)


class Checker(unittest.TestCase):
    WHOLE = [["a"], [], ["b", "c"]]

    def test_is_content_with_one_history(self):
        said = check_of(self.WHOLE, self.WHOLE, acknowledged={"a": 1, "b": 3})
        self.assertIn("2 acknowledged", said)

    def test_sees_what_was_lost(self):
        with self.assertRaisesRegex(AssertionError, "d was acknowledged at 2"):
            check_of(self.WHOLE, acknowledged={"a": 1, "d": 2})

    def test_sees_what_is_at_another_height(self):
        with self.assertRaisesRegex(AssertionError, "b was acknowledged at 2"):
            check_of(self.WHOLE, acknowledged={"b": 2})

    def test_sees_what_was_done_twice(self):
        with self.assertRaisesRegex(AssertionError, "executed twice"):
            check_of([["a"], ["a"]], acknowledged={"a": 1})

    def test_sees_histories_that_differ(self):
        with self.assertRaisesRegex(AssertionError, "node1 differs at height 2"):
            check_of([["a"], ["b"]], [["a"], ["c"]], acknowledged={"a": 1})

    def test_sees_a_node_that_lacks_an_acknowledged_block(self):
        with self.assertRaisesRegex(AssertionError, "an acknowledged block is missing"):
            check_of(self.WHOLE, [["a"]], acknowledged={"b": 3})


if __name__ == "__main__":
    unittest.main()
