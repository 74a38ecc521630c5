import { getTopExperts, type ExpertUse } from "../../api/models.ts";
import { count, percent } from "../../lib/format.ts";
import { fromMicros } from "../../lib/money.ts";
import { useResource } from "../../lib/use_resource.ts";
import { Card } from "../../ui/card.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";

/** 10^-9 ucbm as ucbm, exact: "1234567891" -> "1.234567" (the rest of it is not shown). */
const ucbm = (nano: string) => fromMicros(BigInt(nano) / 1000n);

/** Which experts answer, and what that earned. */
export function UseCard() {
  const top = useResource("top", (_, signal) => getTopExperts(signal), 10_000);
  return (
    <Card title="Experts at work">
      <Show of={top}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nobody asked yet">Experts earn when they answer in the chat.</Empty>
          ) : (
            <UseTable items={items} />
          )
        }
      </Show>
    </Card>
  );
}

function UseTable({ items }: { items: ExpertUse[] }) {
  const mass = items.reduce((sum, item) => sum + item.gate_mass, 0);
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table
        rows={items}
        id={({ model, name }) => model + name}
        columns={[
          { title: "Expert", cell: ({ name }) => name },
          { title: "Calls", right: true, wide: true, cell: ({ calls }) => count(calls) },
          { title: "Tokens", right: true, cell: ({ tokens }) => count(tokens) },
          {
            title: "Gate share",
            right: true,
            cell: ({ gate_mass }) => percent(mass > 0 ? gate_mass / mass : 0),
          },
          { title: "Earned, ucbm", right: true, cell: (item) => ucbm(item.earned_nano_ucbm) },
        ]}
      />
    </div>
  );
}
