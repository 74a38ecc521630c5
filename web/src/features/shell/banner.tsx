import type { ReactNode } from "react";
import { Link } from "../../lib/router.tsx";
import { useNode } from "./node_state.tsx";

/** A line under the header while something is amiss: the node is gone, or not grown yet. */
export function Banner() {
  const { ready, down } = useNode();
  if (down) {
    return (
      <Strip>
        <b className="text-warn">The node does not answer.</b> This page tries again by itself;
        start the node with <code className="font-mono">./up</code>.
      </Strip>
    );
  }
  if (!ready || ready.ready) return null;
  return (
    <Strip>
      <b className="text-warn">The node is still growing.</b>{" "}
      {ready.waiting_for.length > 0 && <>It waits for {ready.waiting_for.join(" and ")}. </>}
      <Link href="/training" className="text-green underline">
        Watch it train
      </Link>
    </Strip>
  );
}

function Strip({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="border-b border-line bg-amber text-sm">
      <p className="mx-auto max-w-7xl px-4 py-2 sm:px-6">{children}</p>
    </div>
  );
}
