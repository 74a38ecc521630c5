// The protobuf wire format, as strict as the chain reads it: no longer a length than needed, no
// field that ends after its message.

export interface Field {
  number: number;
  /** Of wire type 0. */
  varint?: bigint;
  /** Of wire type 2. */
  bytes?: Uint8Array;
}

export class Malformed extends Error {}

export class Reader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  done(): boolean {
    return this.at === this.bytes.length;
  }

  next(): Field {
    const tag = this.varint();
    const number = Number(tag >> 3n);
    if ((tag & 7n) === 0n) return { number, varint: this.varint() };
    if ((tag & 7n) !== 2n) throw new Malformed("a field has a type that is not used here");
    const size = this.varint();
    if (size > BigInt(this.bytes.length - this.at)) {
      throw new Malformed("a field ends after its message does");
    }
    const from = this.at;
    this.at += Number(size);
    return { number, bytes: this.bytes.subarray(from, this.at) };
  }

  /** The bytes of the next field, which must have this number. */
  take(number: number): Uint8Array {
    if (this.done()) throw new Malformed("a field is missing");
    const field = this.next();
    if (field.number !== number || !field.bytes) {
      throw new Malformed("a field is missing or out of order");
    }
    return field.bytes;
  }

  /** The bytes of the next field when it has this number; nothing is consumed when it has not. */
  takeIf(number: number): Uint8Array | undefined {
    const start = this.at;
    if (!this.done()) {
      const field = this.next();
      if (field.number === number && field.bytes) return field.bytes;
    }
    this.at = start;
    return undefined;
  }

  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Malformed("it is cut short");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte === 0 && shift > 0n) throw new Malformed("a number is longer than needed");
        return value;
      }
    }
    throw new Malformed("a number does not end");
  }
}
