import { Command } from "../../ui/copy.tsx";
import { KEY, line } from "./links.ts";

export interface Deed {
  what: string;
  /** Without `cambium` and `--from`. */
  words: string;
}

/** What one may do here, each with the line that does it. The browser holds no keys. */
export function DoIt({ deeds }: { deeds: Deed[] }) {
  return (
    <div className="space-y-3 p-4 text-sm">
      {deeds.map(({ what, words }) => (
        <div key={what}>
          <p className="mb-1 text-soft">{what}</p>
          <Command>{line(words)}</Command>
        </div>
      ))}
      <p className="text-xs text-soft">
        Keys stay with the command line: {KEY} is the name of yours;{" "}
        <code className="font-mono">cambium key list</code> shows them.
      </p>
    </div>
  );
}
