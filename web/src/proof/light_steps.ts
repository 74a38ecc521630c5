// From a state root to the votes of validators that this browser trusts.
import { sameBytes } from "../lib/bytes.ts";
import { decodeLightBlock, validatorsHash, type LightBlock } from "./light_block.ts";
import { setOf, vouchedFor } from "./trusted_set.ts";
import { refuseUnless, short, type Step } from "./steps.ts";
import type { Evidence, Expected } from "./verify.ts";
import { countVotes, type Tally } from "./votes.ts";

export function lightSteps(found: Evidence, expected: Expected, root: () => Uint8Array): Step[] {
  let block: LightBlock;
  let tally: Tally;
  return [
    [
      "The header that validators signed carries that root",
      () => {
        block = decodeLightBlock(found.light ?? new Uint8Array());
        refuseUnless(sameBytes(block.appHash, root()), `it carries ${short(block.appHash)}`);
        return "app_hash in the header is the same";
      },
    ],
    [
      "The header is of this chain and height",
      () => {
        refuseUnless(block.chainId === expected.chainId, `it is of "${block.chainId}"`);
        refuseUnless(block.height === found.height + 1n, `it is block ${block.height}`);
        refuseUnless(block.commit.height === block.height, "the votes are for another height");
        return `${block.chainId}, block ${block.height}: state after block ${found.height}`;
      },
    ],
    [
      "Its fields hash to what was voted on",
      () => {
        const voted = block.commit.blockId.hash;
        refuseUnless(sameBytes(block.hash, voted), `the votes are for ${short(voted)}`);
        return `14 fields, Merkle root ${short(block.hash)}`;
      },
    ],
    [
      "These are the header's validators",
      () => {
        const named = validatorsHash(block.validators);
        refuseUnless(sameBytes(named, block.validatorsHash), `they hash to ${short(named)}`);
        return `${block.validators.length} keys with their power hash to ${short(named)}`;
      },
    ],
    [
      "More than two thirds of the power voted for it",
      () => {
        tally = countVotes(block);
        const enough = tally.signed * 3n > tally.total * 2n;
        refuseUnless(enough, `only ${tally.signed} of ${tally.total} power signed`);
        return `${tally.voters.length} Ed25519 signatures, ${tally.signed} of ${tally.total} power`;
      },
    ],
    [
      "The validators are trusted",
      () => vouchedFor(block, tally, expected.trusted ?? setOf(block)),
    ],
  ];
}
