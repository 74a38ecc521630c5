// Validators by name wherever an address would stand.
import type { ValidatorRow } from "../../api/consensus.ts";
import { getValidators } from "../../api/consensus.ts";
import { useLive } from "../../lib/live.tsx";
import { Link } from "../../lib/router.tsx";
import { Hash } from "../../ui/hash.tsx";
import { accountHref } from "../explorer/links.ts";
import { validatorHref } from "./links.ts";

export type Names = ReadonlyMap<string, ValidatorRow>;

export function useNames(): Names {
  const { data } = useLive("validators", (_, signal) => getValidators(signal));
  return new Map((data?.items ?? []).map((row) => [row.operator, row]));
}

/** A validator's name and its page, or an account. */
export function Who({ address, names }: { address: string; names: Names }) {
  const row = names.get(address);
  if (!row) return <Hash value={address} href={accountHref("utility", address)} />;
  return (
    <Link
      href={validatorHref(address)}
      title={address}
      className="font-medium break-words text-green hover:underline"
    >
      {row.moniker || "unnamed"}
    </Link>
  );
}
