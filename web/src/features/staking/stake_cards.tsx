import type { Redelegation, StakePart, Unbonding } from "../../api/consensus.ts";
import { passed } from "../../lib/countdown.ts";
import { cbm } from "../../lib/money.ts";
import { nanoPercent } from "../../lib/share.ts";
import { ShareBar } from "../../ui/bars.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { Until } from "../../ui/until.tsx";
import { Who, type Names } from "../network/who.tsx";

export function DelegationsCard({ items, names }: { items: StakePart[]; names: Names }) {
  return (
    <Card title="Bonded">
      {items.length === 0 ? (
        <Empty title="Nothing is bonded">Coins that are not bonded earn nothing.</Empty>
      ) : (
        <Table
          rows={items}
          id={(row) => row.validator}
          columns={[
            { title: "To", cell: (row) => <Who address={row.validator} names={names} /> },
            {
              title: "CBM",
              right: true,
              cell: (row) => (
                <>
                  {cbm(row.amount_ucbm)}
                  {row.locked_ucbm !== "0" && (
                    <span className="block text-xs text-soft">{cbm(row.locked_ucbm)} locked</span>
                  )}
                </>
              ),
            },
            {
              title: "Earned",
              right: true,
              cell: (row) => (
                <span className={row.rewards_ucbm === "0" ? "text-soft" : "text-green"}>
                  {cbm(row.rewards_ucbm)}
                </span>
              ),
            },
            {
              title: "Commission",
              right: true,
              wide: true,
              cell: (row) => {
                const validator = names.get(row.validator);
                return validator ? nanoPercent(validator.commission_nano) : "–";
              },
            },
          ]}
        />
      )}
    </Card>
  );
}

/** Coins on their way out, with the time that is left. */
export function UnbondingsCard({
  items,
  names,
  now,
  lastsMs,
}: {
  items: Unbonding[];
  names: Names;
  now: number;
  lastsMs: number;
}) {
  if (items.length === 0) return null;
  return (
    <Card title="On their way out">
      <Table
        rows={items}
        id={(row) => row.validator + row.id}
        columns={[
          { title: "From", cell: (row) => <Who address={row.validator} names={names} /> },
          { title: "Number", right: true, wide: true, cell: (row) => row.id },
          { title: "CBM", right: true, cell: (row) => cbm(row.amount_ucbm) },
          {
            title: "Comes back in",
            right: true,
            cell: (row) => {
              const end = Number(row.matures_ms);
              return (
                <>
                  <Until ms={end} now={now} past="the next block" />
                  <span className="ml-2 hidden sm:inline">
                    <ShareBar share={passed(end - lastsMs, end, now)} />
                  </span>
                </>
              );
            },
          },
        ]}
      />
    </Card>
  );
}

export function MovesCard({
  items,
  names,
  now,
}: {
  items: Redelegation[];
  names: Names;
  now: number;
}) {
  return (
    <Card title="Moved" aside="still answers for the old validator">
      <Table
        rows={items}
        id={(row) => row.from + row.id}
        columns={[
          { title: "From", cell: (row) => <Who address={row.from} names={names} /> },
          { title: "To", cell: (row) => <Who address={row.to} names={names} /> },
          { title: "CBM", right: true, cell: (row) => cbm(row.amount_ucbm) },
          {
            title: "Bound for",
            right: true,
            cell: (row) => <Until ms={Number(row.matures_ms)} now={now} past="free" />,
          },
        ]}
      />
    </Card>
  );
}
