// Which account is the reader's own: a note of this browser, no key.
import { useState } from "react";
import { remember, remembered } from "../../lib/theme.ts";

const PLACE = "cambium.account";

export const isAddress = (text: string) => /^cbm1[02-9ac-hj-np-z]{38}$/.test(text.trim());

export function useMyAccount(): [string | null, (address: string) => void] {
  const [address, set] = useState(() => remembered(PLACE));
  return [
    address && isAddress(address) ? address : null,
    (next) => {
      remember(PLACE, next);
      set(next);
    },
  ];
}
