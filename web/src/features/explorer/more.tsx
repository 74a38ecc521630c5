import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Empty, Loading, ProblemView } from "../../ui/states.tsx";
import type { Pages } from "./use_pages.ts";

/** A paged list with its states and a button for more. */
export function Paged<T>({
  of,
  empty,
  children,
}: {
  of: Pages<T>;
  empty: string;
  children: (items: T[]) => ReactNode;
}) {
  return (
    <>
      {of.items.length > 0 && children(of.items)}
      {of.problem && <ProblemView problem={of.problem} retry={of.load} />}
      {of.busy && of.items.length === 0 && <Loading />}
      {!of.busy && !of.problem && of.items.length === 0 && <Empty title={empty} />}
      {of.more && (
        <div className="border-t border-line p-2 text-center">
          <Button kind="quiet" disabled={of.busy} onClick={of.load}>
            Earlier ones
          </Button>
        </div>
      )}
    </>
  );
}
