import type { Credits } from "../../api/system.ts";
import { Figure } from "../../ui/facts.tsx";
import { Show } from "../../ui/states.tsx";
import type { Resource } from "../../lib/use_resource.ts";
import { micros } from "../../lib/money.ts";

export function CreditsView({ of }: { of: Resource<Credits> }) {
  return (
    <Show of={of}>
      {({ balance, held }) => (
        <div className="space-y-1 px-4 py-3">
          <Figure value={<span data-testid="balance">{balance}</span>} unit="credits to spend" />
          {micros(held) > 0n && (
            <p className="tabular text-sm text-soft">{held} held for answers under way</p>
          )}
        </div>
      )}
    </Show>
  );
}
