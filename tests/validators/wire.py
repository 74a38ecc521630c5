"""Protobuf's wire format, as far as a test looks into messages: a list of (field, kind, value),
where the value of kind 0 is a number and of all others bytes."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
FIXED = {FIXED64: 8, FIXED32: 4}


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
        if byte < 128:
            return value, at


def varint(value):
    value &= 2**64 - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def read(message):
    fields, at = [], 0
    while at < len(message):
        tag, at = read_varint(message, at)
        kind = tag & 7
        if kind == VARINT:
            value, at = read_varint(message, at)
        else:
            size = FIXED.get(kind)
            if size is None:
                size, at = read_varint(message, at)
            value, at = message[at:at + size], at + size
        fields.append((tag >> 3, kind, value))
    return fields


def write(fields):
    return b"".join(varint(number << 3 | kind) + _written(kind, value)
                    for number, kind, value in fields)


def _written(kind, value):
    if kind == VARINT:
        return varint(value)
    return (varint(len(value)) if kind == BYTES else b"") + value


def all_of(message, number):
    """Every value of that field, in order."""
    return [value for field, _, value in read(message) if field == number]


def one(message, number, default=b""):
    """The last value of that field; a missing one has its default."""
    return (all_of(message, number) or [default])[-1]
