"""What a validator's CometBFT heard of a block that was refused. Its log of votes holds every
proposal with its signature and the block's parts, so whoever runs a validator can show later what
another proposed (slashing.ReportInvalidProposal)."""

import hashlib
import struct

import wire

# Of a record: the message; of that: what a peer said; of that: what it is.
MESSAGE, SAID, WHAT = 2, 2, 1
PROPOSAL, PART = 3, 5
HEADER_STRINGS = {2, *range(6, 15)}  # chain id, hashes and the proposer
HEADER_FIELDS = 14


def records(log):
    """Every whole message in a log: a checksum, a length, the message."""
    data, at = log.read_bytes(), 0
    while at + 8 <= len(data):
        size = struct.unpack_from(">I", data, at + 4)[0]
        if at + 8 + size > len(data):
            return  # its end is not yet written
        yield data[at + 8:at + 8 + size]
        at += 8 + size


def said(folder):
    """(number, message) of all that consensus heard, oldest file first."""
    for log in sorted(folder.glob("wal*"), key=lambda file: (file.name == "wal", file.name)):
        for record in records(log):
            for heard in wire.all_of(wire.one(record, MESSAGE), SAID):
                yield from ((n, body) for n, _, body in wire.read(wire.one(heard, WHAT)))


def proposal_with(folder, transaction):
    """The signed proposal whose block holds that transaction, and the block; nothing if unheard."""
    proposals, parts = {}, {}
    for number, body in said(folder):
        if number == PROPOSAL:
            proposal = wire.one(body, 1)
            proposals[wire.one(proposal, 2), wire.one(proposal, 3, 0)] = proposal
        elif number == PART:
            part = wire.one(body, 3)
            key = wire.one(body, 1), wire.one(body, 2, 0)
            parts.setdefault(key, {})[wire.one(part, 1, 0)] = wire.one(part, 2)
    for key, proposal in proposals.items():
        found = parts.get(key, {})
        whole = b"".join(found[i] for i in sorted(found))
        if transaction in whole:
            return proposal, whole
    return None


def header_fields(header):
    """Each as the block's hash is made of: texts and numbers in a message of their own."""
    out = []
    for number in range(1, HEADER_FIELDS + 1):
        value = wire.one(header, number)
        if value and number in HEADER_STRINGS:
            value = wire.write([(1, wire.BYTES, value)])
        elif number == 3:
            value = wire.write([(1, wire.VARINT, value)])
        out.append(value)
    return out


def root_and_path(leaves, index):
    """Of the tree of RFC 6962; the path goes from the leaf upwards."""
    if len(leaves) == 1:
        return leaves[0], []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, left_path = root_and_path(leaves[:half], index)
    right, right_path = root_and_path(leaves[half:], index - half)
    root = hashlib.sha256(b"\1" + left + right).digest()
    return root, [*left_path, right] if index < half else [*right_path, left]


def report(folder, consensus_key, transaction):
    """The message's fields; nothing while the log lacks the proposal."""
    heard = proposal_with(folder, transaction)
    if heard is None:
        return None
    proposal, block = heard
    header, data = wire.one(block, 1), wire.one(block, 2)
    transactions = wire.all_of(data, 1)
    index = transactions.index(transaction)
    leaves = [hashlib.sha256(b"\0" + hashlib.sha256(tx).digest()).digest() for tx in transactions]
    root, path = root_and_path(leaves, index)
    assert root == wire.one(header, 7), "this is not the block's list of transactions"
    block_id, time = wire.one(proposal, 5), wire.one(proposal, 6)
    parts = wire.one(block_id, 2)
    lock_round = wire.one(proposal, 4, 0)
    return {
        "consensus_key": consensus_key.hex(), "signature": wire.one(proposal, 7).hex(),
        "proposal": {
            "height": str(wire.one(proposal, 2)), "round": wire.one(proposal, 3, 0),
            "pol_round": lock_round - 2**64 if lock_round >> 63 else lock_round,
            "block_hash": wire.one(block_id, 1).hex(), "parts": wire.one(parts, 1, 0),
            "parts_hash": wire.one(parts, 2).hex(), "time_s": str(wire.one(time, 1, 0)),
            "time_ns": wire.one(time, 2, 0)},
        "header_fields": [field.hex() for field in header_fields(header)],
        "transaction": transaction.hex(), "index": str(index), "count": str(len(transactions)),
        "path": [step.hex() for step in path]}
