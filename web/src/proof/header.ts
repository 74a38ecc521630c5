// A block header as it was signed: proto/cambium/chain/v1, message Header.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Malformed, Reader } from "./wire.ts";

export interface Header {
  chainId: string;
  height: bigint;
  stateRoot: Uint8Array;
  proposerKey: Uint8Array;
}

const ED25519 = 1n;
const DOMAIN = new TextEncoder().encode("cambium/header/v1");

function proposerKey(bytes: Uint8Array | undefined): Uint8Array {
  const fields = new Reader(bytes ?? new Uint8Array());
  const type = fields.next();
  if (type.number !== 1 || type.varint !== ED25519) {
    throw new Malformed("the proposer's key is not Ed25519");
  }
  return fields.take(2);
}

export function decodeHeader(bytes: Uint8Array): Header {
  const fields = new Map<number, { varint?: bigint; bytes?: Uint8Array }>();
  const reader = new Reader(bytes);
  while (!reader.done()) {
    const field = reader.next();
    if (fields.has(field.number)) throw new Malformed("the header repeats a field");
    fields.set(field.number, field);
  }
  const stateRoot = fields.get(5)?.bytes;
  if (stateRoot?.length !== 32) throw new Malformed("the header carries no state root");
  return {
    chainId: new TextDecoder().decode(fields.get(1)?.bytes),
    height: fields.get(2)?.varint ?? 0n,
    stateRoot,
    proposerKey: proposerKey(fields.get(8)?.bytes),
  };
}

/** Whether the key signed SHA-256("cambium/header/v1" || header), by RFC 8032's strict rules. */
export function signedBy(key: Uint8Array, header: Uint8Array, signature: Uint8Array): boolean {
  const digest = sha256.create().update(DOMAIN).update(header).digest();
  try {
    return ed25519.verify(signature, digest, key, { zip215: false });
  } catch {
    return false; // not a point, or not 64 bytes
  }
}
