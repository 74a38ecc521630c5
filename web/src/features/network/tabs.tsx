import { Link } from "../../lib/router.tsx";
import { useBeat } from "../../lib/live.tsx";
import { LiveDot } from "../explorer/chains.tsx";

const TABS = ["Validators", "Staking", "Governance", "Treasury"] as const;

export function Tabs({ chosen }: { chosen: string }) {
  const { live } = useBeat();
  return (
    <div className="mb-6 flex items-center justify-between gap-4 border-b border-line">
      <nav aria-label="Network" className="-mb-px flex min-w-0 overflow-x-auto">
        {TABS.map((name) => (
          <Link
            key={name}
            href={`/network/${name.toLowerCase()}`}
            aria-current={name.toLowerCase() === chosen ? "page" : undefined}
            className="border-b-2 border-transparent px-2.5 py-2 whitespace-nowrap text-soft
              first:pl-0 hover:text-green aria-[current=page]:border-green
              aria-[current=page]:font-medium aria-[current=page]:text-green sm:px-4"
          >
            {name}
          </Link>
        ))}
      </nav>
      <span className="hidden sm:block">
        <LiveDot live={live} />
      </span>
    </div>
  );
}
