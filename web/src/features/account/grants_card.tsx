import type { Grant } from "../../api/holdings.ts";
import { cbm } from "../../lib/money.ts";
import { plural } from "../../lib/format.ts";
import { Card } from "../../ui/card.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Until } from "../../ui/until.tsx";
import { accountHref } from "../explorer/links.ts";

/** Whom it lets act in its name, and in whose name it may act. */
export function GrantsCard({
  given,
  received,
  now,
}: {
  given: Grant[];
  received: Grant[];
  now: number;
}) {
  if (given.length + received.length === 0) return null;
  return (
    <Card title="Grants" aside={plural(given.length + received.length, "grant")}>
      <ul className="divide-y divide-line text-sm">
        {given.map((grant) => (
          <Row key={`to ${grant.grantee} ${grant.message}`} grant={grant} now={now} given />
        ))}
        {received.map((grant) => (
          <Row key={`from ${grant.granter} ${grant.message}`} grant={grant} now={now} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ grant, now, given = false }: { grant: Grant; now: number; given?: boolean }) {
  const other = given ? grant.grantee : grant.granter;
  const who = <Hash value={other} href={accountHref("utility", other)} copy />;
  const until = Number(grant.grant.expires_ms);
  return (
    <li className="px-4 py-2">
      <p>
        {given ? <>{who} may send</> : <>It may send</>}{" "}
        <code className="font-mono">{grant.message}</code>
        {given ? " in its name" : <> for {who}</>}
      </p>
      <p className="tabular flex flex-wrap gap-x-4 text-xs text-soft">
        {grant.grant.limited_spend && <span>{cbm(grant.grant.spend_left_ucbm)} CBM left</span>}
        {grant.grant.limited_uses && <span>{plural(grant.grant.uses_left, "use")} left</span>}
        <span>
          {until === 0 ? (
            "until it is revoked"
          ) : (
            <>
              ends in <Until ms={until} now={now} past="the past: it is over" />
            </>
          )}
        </span>
      </p>
    </li>
  );
}
