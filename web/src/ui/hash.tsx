import { brief } from "../lib/format.ts";
import { Link } from "../lib/router.tsx";
import { CopyButton } from "./copy.tsx";

/** A hash, key or address: short where space is short, whole when copied. */
export function Hash({
  value,
  href,
  whole = false,
  copy = false,
}: {
  value: string;
  href?: string;
  whole?: boolean;
  copy?: boolean;
}) {
  const long = value.startsWith("cbm1") ? brief(value, 9, 5) : brief(value, 8, 6);
  const text = whole ? value : long;
  const look = `font-mono text-[0.92em] ${whole ? "break-all" : "whitespace-nowrap"}`;
  return (
    <span className="inline-flex max-w-full items-baseline gap-1">
      {href ? (
        <Link href={href} title={value} className={`${look} text-green hover:underline`}>
          {text}
        </Link>
      ) : (
        <span title={value} className={look}>
          {text}
        </span>
      )}
      {copy && <CopyButton text={value} what="it" />}
    </span>
  );
}
