import { useState } from "react";
import { go } from "../../lib/router.tsx";
import { Button } from "../../ui/button.tsx";
import { stakeHref } from "../network/links.ts";
import { isAddress } from "./my_account.ts";

/** Whose stake is shown; the address is kept by this browser only. */
export function ChooseAccount({
  shown,
  keep,
}: {
  shown: string | null;
  keep: (address: string) => void;
}) {
  const [text, set] = useState("");
  const wrong = text.trim() !== "" && !isAddress(text);
  const open = () => {
    const address = text.trim();
    if (!isAddress(address)) return;
    keep(address);
    set("");
    go(stakeHref(address));
  };
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <div className="flex flex-wrap gap-2">
        <input
          value={text}
          onChange={(event) => set(event.target.value)}
          aria-label="Your account"
          aria-invalid={wrong}
          placeholder={shown ? "another account: cbm1…" : "your account: cbm1…"}
          spellCheck={false}
          className="min-w-0 flex-1 basis-64 rounded-lg border border-edge bg-card px-3 py-1.5
            font-mono text-sm focus:border-green focus:outline-none"
        />
        <Button kind="primary" disabled={!isAddress(text)} onClick={open}>
          Show it
        </Button>
      </div>
      {wrong && (
        <p className="text-sm text-warn" role="alert">
          An account is written cbm1 and 38 more letters and digits.
        </p>
      )}
    </form>
  );
}
