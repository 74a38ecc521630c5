import { Link } from "../../lib/router.tsx";

/** The way back: Explorer, then each part. */
export function Crumbs({ parts }: { parts: [name: string, href: string][] }) {
  return (
    <nav aria-label="Way back" className="mb-1 flex flex-wrap gap-x-1.5 text-sm text-soft">
      {([["Explorer", "/explorer"], ...parts] as const).map(([name, href]) => (
        <span key={href}>
          <Link href={href} className="hover:text-green hover:underline">
            {name}
          </Link>{" "}
          /
        </span>
      ))}
    </nav>
  );
}
