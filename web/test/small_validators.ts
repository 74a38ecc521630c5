// A chain of a few validators in memory: who votes is up to the test.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import {
  decodeLightBlock,
  field,
  join,
  validatorsHash,
  varint,
  type Validator,
  type Vote,
} from "../src/proof/light_block.ts";
import { signBytes } from "../src/proof/votes.ts";

export type Says = "commit" | "nil" | "absent" | "forged";

const FLAG = { absent: 1, commit: 2, nil: 3, forged: 2 } as const;
const TIME = Uint8Array.of(0x08, 0x80, 0x92, 0xb8, 0x01);
const secret = (i: number) => sha256(Uint8Array.of(i));

function member(i: number, power: bigint): Validator {
  const key = ed25519.getPublicKey(secret(i));
  return { key, address: sha256(key).subarray(0, 20), power };
}

function encodeVote({ address, timestamp, signature }: Vote, says: Says): Uint8Array {
  const head = Uint8Array.of(0x08, FLAG[says]);
  if (says === "absent") return join(head, field(3, []));
  return join(head, field(2, address), field(3, timestamp), field(4, signature));
}

/** A light block at `height` over `root`; each member has this power and says this. */
export function lightBlock(
  root: Uint8Array,
  members: [power: bigint, says: Says][],
  height = 8n,
): Uint8Array {
  const set = members.map(([power], i) => member(i + 1, power));
  const header = join(
    field(1, [0x08, 0x0b]),
    field(2, new TextEncoder().encode("test-1")),
    [0x18],
    varint(height),
    field(4, TIME),
    field(5, [0x12, 0x00]),
    field(8, validatorsHash(set)),
    field(11, root),
  );
  const members_ = set.map((one) =>
    field(1, join(field(1, one.address), field(2, field(1, one.key)), [0x18], varint(one.power))),
  );
  const whole = (votes: Uint8Array[], hash: Uint8Array) => {
    const id = join(field(1, hash), field(2, join([0x08, 1], field(2, sha256(root)))));
    const commit = join(
      [0x08],
      varint(height),
      field(3, id),
      ...votes.map((vote) => field(4, vote)),
    );
    return join(field(1, join(field(1, header), field(2, commit))), field(2, join(...members_)));
  };
  const { hash } = decodeLightBlock(whole([], new Uint8Array(32)));
  const block = decodeLightBlock(whole([], hash));
  const votes = members.map(([, says], i) => {
    const flag = says === "forged" ? "commit" : says;
    const vote: Vote = {
      flag,
      address: set[i]?.address ?? new Uint8Array(),
      timestamp: TIME,
      signature: new Uint8Array(),
    };
    vote.signature = ed25519.sign(signBytes(block, vote), secret(says === "forged" ? 99 : i + 1));
    return encodeVote(vote, says);
  });
  return whole(votes, hash);
}
