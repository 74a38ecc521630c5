// What CometBFT's validators signed: tendermint.types.LightBlock, read as strictly as a proof.
// Every byte that is kept is covered by a hash or a signature; what is not is left out by
// `trimmed`.
import { sha256 } from "@noble/hashes/sha2.js";
import { Malformed, Reader, type Field } from "./wire.ts";

export interface Validator {
  address: Uint8Array;
  key: Uint8Array;
  power: bigint;
}

/** One validator's vote, at its place in the set. */
export interface Vote {
  flag: "commit" | "nil" | "absent";
  address: Uint8Array;
  /** A google.protobuf.Timestamp as it was signed. */
  timestamp: Uint8Array;
  signature: Uint8Array;
}

export interface BlockId {
  hash: Uint8Array;
  parts: { total: bigint; hash: Uint8Array };
}

export interface LightBlock {
  chainId: string;
  height: bigint;
  timeMs: number;
  appHash: Uint8Array;
  validatorsHash: Uint8Array;
  /** Of the header, by its fields. */
  hash: Uint8Array;
  commit: { height: bigint; round: bigint; blockId: BlockId; votes: Vote[] };
  validators: Validator[];
}

const EMPTY = new Uint8Array();
const FLAGS = [undefined, "absent", "commit", "nil"] as const;
// The beginning of the year 1, which stands for no time at all.
const NO_TIME = Uint8Array.of(0x08, 0x80, 0x92, 0xb8, 0xc3, 0x98, 0xfe, 0xff, 0xff, 0xff, 0x01);

/** A message's fields in ascending order; only these numbers may come, and only `many` repeat. */
class Fields {
  private readonly found = new Map<number, Field[]>();
  constructor(bytes: Uint8Array, last: number, many = 0) {
    const reader = new Reader(bytes);
    for (let before = 0; !reader.done();) {
      const field = reader.next();
      const again = field.number === before && field.number === many;
      if (field.number <= before && !again) throw new Malformed("a field is out of order");
      if (field.number > last) throw new Malformed("a field is not known");
      before = field.number;
      this.found.set(before, [...(this.found.get(before) ?? []), field]);
    }
  }

  bytes(number: number): Uint8Array {
    const [field] = this.found.get(number) ?? [];
    if (field && !field.bytes) throw new Malformed("a field has the wrong type");
    return field?.bytes ?? EMPTY;
  }

  whole(number: number): bigint {
    const [field] = this.found.get(number) ?? [];
    if (field && !field.varint) throw new Malformed("a number is missing or zero");
    return field?.varint ?? 0n;
  }

  all(number: number): Uint8Array[] {
    return (this.found.get(number) ?? []).map(({ bytes }) => {
      if (!bytes) throw new Malformed("a field has the wrong type");
      return bytes;
    });
  }
}

const hash = (prefix: number, ...parts: Uint8Array[]) => {
  const state = sha256.create().update(Uint8Array.of(prefix));
  parts.forEach((part) => state.update(part));
  return state.digest();
};

/** RFC 6962: leaves under 00, nodes under 01, the left side as large a power of two as fits. */
export function merkleRoot(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(EMPTY);
  if (leaves.length === 1) return hash(0, leaves[0] ?? EMPTY);
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return hash(1, merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left)));
}

export function varint(value: bigint): number[] {
  const out: number[] = [];
  for (let rest = value; ;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if (rest === 0n) return [...out, low];
    out.push(low | 0x80);
  }
}

export const join = (...parts: ArrayLike<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));

/** A field of bytes, even when they are empty. */
export const field = (number: number, bytes: ArrayLike<number>): Uint8Array =>
  join([(number << 3) | 2], varint(BigInt(bytes.length)), bytes);

/** A number in its wrapper message, or nothing for zero. */
const wrapped = (value: bigint) => (value === 0n ? EMPTY : join([0x08], varint(value)));
const wrappedBytes = (bytes: Uint8Array) => (bytes.length === 0 ? EMPTY : field(1, bytes));

function header(bytes: Uint8Array) {
  const of = new Fields(bytes, 14);
  const leaves = [
    of.bytes(1),
    wrappedBytes(of.bytes(2)),
    wrapped(of.whole(3)),
    of.bytes(4),
    of.bytes(5),
    ...[6, 7, 8, 9, 10, 11, 12, 13, 14].map((number) => wrappedBytes(of.bytes(number))),
  ];
  const time = new Fields(of.bytes(4), 2);
  return {
    chainId: new TextDecoder().decode(of.bytes(2)),
    height: of.whole(3),
    timeMs: Number(time.whole(1)) * 1000 + Math.floor(Number(time.whole(2)) / 1e6),
    appHash: of.bytes(11),
    validatorsHash: of.bytes(8),
    hash: merkleRoot(leaves),
  };
}

function vote(bytes: Uint8Array): Vote {
  const of = new Fields(bytes, 4);
  const flag = FLAGS[Number(of.whole(1))];
  if (!flag) throw new Malformed("a vote is neither for, against nor absent");
  const out = { flag, address: of.bytes(2), timestamp: of.bytes(3), signature: of.bytes(4) };
  const silent = out.address.length + out.signature.length === 0;
  const noTime = out.timestamp.length === 0 || String(out.timestamp) === String(NO_TIME);
  if (flag === "absent" && !(silent && noTime))
    throw new Malformed("an absent vote says something");
  return out;
}

function commit(bytes: Uint8Array): LightBlock["commit"] {
  const of = new Fields(bytes, 4, 4);
  const id = new Fields(of.bytes(3), 2);
  const parts = new Fields(id.bytes(2), 2);
  return {
    height: of.whole(1),
    round: of.whole(2),
    blockId: { hash: id.bytes(1), parts: { total: parts.whole(1), hash: parts.bytes(2) } },
    votes: of.all(4).map(vote),
  };
}

function validator(bytes: Uint8Array): Validator {
  const of = new Fields(bytes, 3);
  const key = new Fields(of.bytes(2), 1).bytes(1);
  if (key.length !== 32) throw new Malformed("a validator's key is not Ed25519");
  return { address: of.bytes(1), key, power: of.whole(3) };
}

/** The hash by which headers name a set. */
export function validatorsHash(set: Pick<Validator, "key" | "power">[]): Uint8Array {
  return merkleRoot(
    set.map(({ key, power }) => join(field(1, field(1, key)), [0x10], varint(power))),
  );
}

/** Reads a trimmed light block; throws Malformed for anything else. */
export function decodeLightBlock(bytes: Uint8Array): LightBlock {
  const of = new Fields(bytes, 2);
  const signed = new Fields(of.bytes(1), 2);
  const set = new Fields(of.bytes(2), 1, 1);
  return {
    ...header(signed.bytes(1)),
    commit: commit(signed.bytes(2)),
    validators: set.all(1).map(validator),
  };
}

/**
 * Without what nobody signs: whose turn it is to propose, and sums that anyone can make. Bytes that
 * are no light block come back as they are, to be refused by the reader.
 */
export function trimmed(bytes: Uint8Array): Uint8Array {
  try {
    const of = new Fields(bytes, 2);
    const members = new Fields(of.bytes(2), 3, 1).all(1).map((member) => {
      const one = new Fields(member, 4);
      return field(
        1,
        join(field(1, one.bytes(1)), field(2, one.bytes(2)), [0x18], varint(one.whole(3))),
      );
    });
    return join(field(1, of.bytes(1)), field(2, join(...members)));
  } catch {
    return bytes;
  }
}
