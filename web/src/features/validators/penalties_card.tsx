import type { Penalty, ValidatorRow } from "../../api/consensus.ts";
import { words } from "../../lib/format.ts";
import { cbm, grouped } from "../../lib/money.ts";
import { nanoPercent } from "../../lib/share.ts";
import { Link } from "../../lib/router.tsx";
import { Card } from "../../ui/card.tsx";
import { Empty } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { Ago } from "../../ui/time.tsx";
import { blockHref } from "../explorer/links.ts";
import { Who } from "../network/who.tsx";

const WHY: Record<string, string> = {
  DOUBLE_SIGN: "signed two blocks of one height",
  DOWNTIME: "was away for more than a day",
  INVALID_PROPOSAL: "proposed a block that breaks the rules",
  CENSORSHIP: "left out transactions that others had seen",
};

export function PenaltiesCard({
  items,
  rows,
  now,
}: {
  items: Penalty[];
  rows: ValidatorRow[];
  now: number;
}) {
  const names = new Map(rows.map((row) => [row.operator, row]));
  return (
    <Card title="Penalties" aside={items.length > 0 ? `${items.length}` : undefined}>
      {items.length === 0 ? (
        <Empty title={rows.length === 0 ? "It was never punished" : "Nobody was punished"}>
          Double signing, long absence, invalid proposals and censorship cost stake; every case is
          listed here with the height of its evidence.
        </Empty>
      ) : (
        <Table
          rows={items}
          id={(row) => row.operator + row.kind + row.infraction_height}
          columns={[
            { title: "Who", cell: (row) => <Who address={row.operator} names={names} /> },
            {
              title: "What",
              cell: (row) => (
                <>
                  <span className="text-warn">{words(row.kind)}</span>
                  <span className="block text-xs text-soft">{WHY[row.kind]}</span>
                </>
              ),
            },
            {
              title: "At block",
              wide: true,
              right: true,
              cell: (row) => (
                <Link
                  href={blockHref("utility", row.infraction_height)}
                  className="text-green hover:underline"
                >
                  {grouped(row.infraction_height)}
                </Link>
              ),
            },
            {
              title: "Burnt",
              right: true,
              cell: (row) => (
                <>
                  {cbm(row.burnt_ucbm)} CBM
                  {row.fraction_nano && (
                    <span className="block text-xs text-soft">
                      {nanoPercent(row.fraction_nano)}
                    </span>
                  )}
                </>
              ),
            },
            {
              title: "Age",
              right: true,
              wide: true,
              cell: (row) => <Ago ms={Number(row.time_ms)} now={now} />,
            },
          ]}
        />
      )}
    </Card>
  );
}
