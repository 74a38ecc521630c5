// Whether validators that hold more than two thirds of the power voted for a header.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "../lib/bytes.ts";
import { field, join, varint, type BlockId, type LightBlock, type Vote } from "./light_block.ts";
import { Refused } from "./tree.ts";

const PRECOMMIT = 2;

function fixed64(value: bigint): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigInt64(0, value, true);
  return out;
}

function canonicalId({ hash, parts }: BlockId): Uint8Array {
  const total = parts.total === 0n ? [] : join([0x08], varint(parts.total));
  const inner = join(total, parts.hash.length === 0 ? [] : field(2, parts.hash));
  return join(hash.length === 0 ? [] : field(1, hash), field(2, inner));
}

/** tendermint.types.CanonicalVote with its length in front: the bytes under a precommit. */
export function signBytes(block: LightBlock, vote: Vote): Uint8Array {
  const { height, round, blockId } = block.commit;
  const text = join(
    [0x08, PRECOMMIT],
    [0x11],
    fixed64(height),
    round === 0n ? [] : join([0x19], fixed64(round)),
    vote.flag === "nil" ? [] : field(4, canonicalId(blockId)),
    field(5, vote.timestamp),
    field(6, new TextEncoder().encode(block.chainId)),
  );
  return join(varint(BigInt(text.length)), text);
}

export interface Tally {
  /** Power behind the header, and all there is. */
  signed: bigint;
  total: bigint;
  /** Places of those who voted for it. */
  voters: number[];
}

/** Signatures follow ZIP-215, as CometBFT's do. */
function isSigned(vote: Vote, key: Uint8Array, text: Uint8Array): boolean {
  try {
    return ed25519.verify(vote.signature, text, key, { zip215: true });
  } catch {
    return false; // not a point, or not 64 bytes
  }
}

/** Checks every vote, those for nothing too; throws Refused for the first that does not hold. */
export function countVotes(block: LightBlock): Tally {
  const { votes } = block.commit;
  const tally: Tally = { signed: 0n, total: 0n, voters: [] };
  if (votes.length !== block.validators.length) throw new Refused("a vote has no validator");
  block.validators.forEach((validator, i) => {
    const vote = votes[i];
    if (validator.power <= 0n || validator.power >= 1n << 60n) {
      throw new Refused(`validator ${i + 1} has no proper power`);
    }
    if (!sameBytes(validator.address, sha256(validator.key).subarray(0, 20))) {
      throw new Refused(`validator ${i + 1} is not named after its key`);
    }
    tally.total += validator.power;
    if (!vote || vote.flag === "absent") return;
    if (!sameBytes(vote.address, validator.address)) {
      throw new Refused(`vote ${i + 1} names another validator than its place`);
    }
    if (!isSigned(vote, validator.key, signBytes(block, vote))) {
      throw new Refused(`the vote of validator ${i + 1} is forged`);
    }
    if (vote.flag !== "commit") return;
    tally.signed += validator.power;
    tally.voters.push(i);
  });
  return tally;
}
