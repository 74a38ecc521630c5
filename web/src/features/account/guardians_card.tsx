import type { Guardians } from "../../api/holdings.ts";
import { spanText } from "../../lib/countdown.ts";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Until } from "../../ui/until.tsx";
import { accountHref } from "../explorer/links.ts";

/** Who may give the account a new key, and a recovery that is under way. */
export function GuardiansCard({ of, now }: { of: Guardians; now: number }) {
  const set = of.guardians.now;
  const people = set?.guardians ?? [];
  if (people.length === 0 || !set) return null;
  const change = Number(of.guardians.next_from_ms);
  return (
    <Card title="Guardians" aside={`${set.threshold} of ${people.length} are needed`}>
      <ul className="divide-y divide-line text-sm">
        {people.map((address) => (
          <li key={address} className="px-4 py-1.5">
            <Hash value={address} href={accountHref("utility", address)} copy />
            {of.recovery?.approvals?.includes(address) && (
              <span className="ml-3 text-warn">approved the recovery</span>
            )}
          </li>
        ))}
      </ul>
      <p className="border-t border-line px-4 py-2 text-sm text-soft">
        {of.recovery ? (
          <Recovery of={of.recovery} needed={set.threshold} now={now} />
        ) : (
          <>A new key would hold {spanText(Number(set.delay_ms))} after enough of them agree.</>
        )}
        {change > now && (
          <>
            {" "}
            A change of guardians holds in <Until ms={change} now={now} />.
          </>
        )}
      </p>
    </Card>
  );
}

function Recovery({
  of,
  needed,
  now,
}: {
  of: NonNullable<Guardians["recovery"]>;
  needed: number;
  now: number;
}) {
  const ready = Number(of.ready_ms);
  const count = of.approvals?.length ?? 0;
  return (
    <b className="font-medium text-warn">
      A new key is being given to it: {count} of {needed} agree
      {ready > 0 && (
        <>
          , it may be bound in <Until ms={ready} now={now} past="now" />
        </>
      )}
      . The present key can still refuse.
    </b>
  );
}
