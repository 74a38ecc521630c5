import { getState, type StateEntry } from "../../api/chain.ts";
import { toHex, fromBase64 } from "../../lib/bytes.ts";
import { useResource } from "../../lib/use_resource.ts";
import { knownOperator, knownValidators, type Known } from "../../proof/known.ts";
import { evidenceOf } from "../../proof/verify.ts";
import { Card, PageHead } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { JsonView } from "../../ui/json_view.tsx";
import { Show } from "../../ui/states.tsx";
import { Crumbs } from "./crumbs.tsx";
import { shortLabel } from "./label.ts";
import { chainHref } from "./links.ts";
import { ProofCheck } from "./proof_check.tsx";

interface Loaded {
  entry: StateEntry;
  known: Known;
}

async function load(chain: string, key: string, signal: AbortSignal): Promise<Loaded> {
  const entry = await getState(chain, key, signal);
  const { light } = evidenceOf(entry);
  const id = entry.header.chain_id;
  const known = light
    ? await knownValidators(id, light, signal)
    : await knownOperator(id, entry.operator_key, signal);
  return { entry, known };
}

/** One state entry with its proof, checked by this page itself. */
export function StatePage({ chain, entry: key }: { chain: string; entry: string }) {
  const loaded = useResource(`${chain}/${key}`, (_, signal) => load(chain, key, signal));
  return (
    <>
      <Crumbs parts={[[chain, chainHref(chain)]]} />
      <PageHead title="State entry" />
      <Show of={loaded}>
        {({ entry, known }) => (
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <EntryCard entry={entry} />
            <ProofCheck
              key={key}
              entry={entry}
              asked={key}
              known={known}
              reload={loaded.reload}
            />
          </div>
        )}
      </Show>
    </>
  );
}

function EntryCard({ entry }: { entry: StateEntry }) {
  const value = entry.value === null ? null : fromBase64(entry.value);
  return (
    <Card title={entry.label ? shortLabel(entry.label) : "Entry"} aside={entry.module}>
      <Facts
        rows={[
          ["Key", <Hash value={entry.key} whole copy />],
          ["State after block", entry.height],
          ["State root", <Hash value={entry.state_root} whole copy />],
          ["Value", value ? <Bytes bytes={value} /> : "there is no such entry"],
        ]}
      />
      {entry.decoded !== undefined && (
        <div className="border-t border-line px-4 py-3">
          <p className="mb-1 text-xs text-soft">the same bytes as the node reads them</p>
          <div className="max-h-96 overflow-y-auto">
            <JsonView value={entry.decoded} />
          </div>
        </div>
      )}
    </Card>
  );
}

function Bytes({ bytes }: { bytes: Uint8Array }) {
  return (
    <details>
      <summary>{bytes.length} bytes</summary>
      <code className="font-mono text-xs break-all">{toHex(bytes)}</code>
    </details>
  );
}
