import type { Json } from "../../api/chain.ts";
import type { DatasetUse, LineageExpert } from "../../api/models.ts";
import { count } from "../../lib/format.ts";
import { grouped } from "../../lib/money.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/hash.tsx";
import { JsonView } from "../../ui/json_view.tsx";
import { Empty } from "../../ui/states.tsx";
import { accountHref } from "../explorer/links.ts";

const number = (manifest: Record<string, Json>, key: string) =>
  typeof manifest[key] === "string" || typeof manifest[key] === "number"
    ? grouped(String(manifest[key]))
    : "–";

/** From each contributed expert down to the data that made it, and its licences. */
export function LineageCard({ experts }: { experts: LineageExpert[] }) {
  return (
    <Card title="Where experts come from">
      {experts.length === 0 && <Empty title="No contributed expert yet" />}
      <ul className="divide-y divide-line">
        {experts.map((expert) => (
          <li key={expert.block} className="px-4 py-3 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <b className="font-medium">{expert.name}</b>
              <span className="text-soft">
                trained by <Trainer account={expert.trainer} />
              </span>
            </div>
            <Amounts manifest={expert.manifest} />
            <ul className="mt-1 space-y-1 border-l-2 border-green pl-3">
              {expert.datasets.map((dataset) => (
                <Dataset key={dataset.id + dataset.version} of={dataset} />
              ))}
            </ul>
            <details className="mt-2">
              <summary className="text-xs text-soft">
                the manifest that its block commits to
              </summary>
              <div className="mt-1 max-h-72 overflow-y-auto">
                <JsonView value={expert.manifest} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Amounts({ manifest }: { manifest: Record<string, Json> }) {
  return (
    <p className="tabular text-soft">
      {number(manifest, "steps")} steps over {number(manifest, "samples")} samples from
    </p>
  );
}

function Trainer({ account }: { account: string }) {
  return <Hash value={account} href={accountHref("compute-0", account)} />;
}

function Dataset({ of }: { of: DatasetUse }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <span>{of.name ?? of.id}</span>
      {of.licence && <Badge>{of.licence}</Badge>}
      {of.replay && <Badge>replay</Badge>}
      <span className="text-xs break-all text-soft">
        {count(Number(of.samples))} samples{of.source && <>, {of.source}</>}
      </span>
    </li>
  );
}
