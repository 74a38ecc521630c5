import type { ModelBlock } from "../../api/models.ts";
import { bytes, gain, words } from "../../lib/format.ts";
import { grouped } from "../../lib/money.ts";
import { Link } from "../../lib/router.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { accountHref, blockHref } from "../explorer/links.ts";

const CHAIN = "compute-0";

/** The whole story of one block. */
export function BlockCard({
  block,
  all,
  choose,
}: {
  block: ModelBlock;
  all: ModelBlock[];
  choose: (id: string) => void;
}) {
  const needs = block.depends_on
    .map((id) => all.find((other) => other.id === id))
    .filter((other) => other !== undefined);
  const measured = Number(block.gain_nano) !== 0;
  return (
    <div aria-live="polite">
      <div className="flex items-baseline justify-between gap-2 px-4 pt-3 pb-2">
        <h3 className="text-lg break-all">{block.name}</h3>
        <Badge tone={block.status === "accepted" ? "good" : "calm"}>{words(block.status)}</Badge>
      </div>
      <Facts
        rows={[
          ["Block", <Hash value={block.id} copy />],
          ["Version", block.version],
          ...(measured
            ? [["Gain", `${gain(block.gain_nano)} nats/token (lower bound)`] as [string, string]]
            : []),
          ["Made by", <Hash value={block.account} href={accountHref(CHAIN, block.account)} />],
          [
            "On chain",
            <Link href={blockHref(CHAIN, block.height)} className="text-green hover:underline">
              block {grouped(String(block.height))}
            </Link>,
          ],
          ["Payload", bytes(block.payload_bytes)],
          ["Payload root", <Hash value={block.payload_root} copy />],
          [
            "Depends on",
            needs.length === 0 ? (
              "nothing"
            ) : (
              <span className="flex flex-wrap gap-x-2">
                {needs.map((need) => (
                  <button
                    key={need.id}
                    type="button"
                    onClick={() => choose(need.id)}
                    className="text-green hover:underline"
                  >
                    {need.name}
                  </button>
                ))}
              </span>
            ),
          ],
        ]}
      />
    </div>
  );
}
