import type { ValidatorRow } from "../../api/consensus.ts";
import { cbm, grouped } from "../../lib/money.ts";
import { nanoPercent, share, sum } from "../../lib/share.ts";
import { Link } from "../../lib/router.tsx";
import { ShareBar } from "../../ui/bars.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Table } from "../../ui/table.tsx";
import { validatorHref } from "../network/links.ts";
import { ValidatorState } from "./validator_state.tsx";

/** Below this uptime a bar is drawn as a warning, in 10^-9. */
const LOW_UPTIME = 950_000_000;

export function ValidatorTable({ rows, now }: { rows: ValidatorRow[]; now: number }) {
  const total = sum(rows.map(({ power }) => power));
  return (
    <Table
      rows={rows}
      id={(row) => row.operator}
      columns={[
        {
          title: "Validator",
          cell: (row) => (
            <div className="min-w-0">
              <Link
                href={validatorHref(row.operator)}
                className="font-medium break-words text-green hover:underline"
              >
                {row.moniker || "unnamed"}
              </Link>
              <div className="flex flex-wrap items-center gap-x-2 text-xs text-soft">
                <Hash value={row.operator} copy />
                <span className="sm:hidden">
                  <ValidatorState of={row} now={now} />
                </span>
              </div>
            </div>
          ),
        },
        {
          title: "State",
          wide: true,
          cell: (row) => <ValidatorState of={row} now={now} />,
        },
        {
          title: "Power",
          right: true,
          cell: (row) => (
            <>
              <div>{grouped(row.power)}</div>
              <div className="text-xs text-soft">
                {(share(row.power, total) * 100).toFixed(1)} %
              </div>
            </>
          ),
        },
        {
          title: "Bonded",
          right: true,
          wide: true,
          cell: (row) => (
            <>
              <div>{cbm(row.tokens_ucbm)}</div>
              <div className="text-xs text-soft">own {cbm(row.self_bond_ucbm)}</div>
            </>
          ),
        },
        {
          title: "Commission",
          right: true,
          wide: true,
          cell: (row) => nanoPercent(row.commission_nano),
        },
        {
          title: "Uptime",
          right: true,
          cell: (row) => <Uptime row={row} />,
        },
        {
          title: "Penalties",
          right: true,
          wide: true,
          cell: (row) =>
            row.slashes === "0" ? (
              <span className="text-soft">none</span>
            ) : (
              <span className="text-warn">{row.slashes}</span>
            ),
        },
      ]}
    />
  );
}

function Uptime({ row }: { row: ValidatorRow }) {
  if (row.blocks === "0") return <span className="text-soft">–</span>;
  const low = Number(row.uptime_nano) < LOW_UPTIME;
  return (
    <span title={`missed ${row.missed} of ${row.blocks} blocks`}>
      <span className={low ? "text-warn" : ""}>{nanoPercent(row.uptime_nano)}</span>
      <span className="ml-2 hidden sm:inline">
        <ShareBar share={Number(row.uptime_nano) / 1e9} warn={low} />
      </span>
    </span>
  );
}
