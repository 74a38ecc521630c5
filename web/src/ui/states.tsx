// What a page shows when there is nothing to show: loading, empty, refused.
import type { ReactNode } from "react";
import type { Problem } from "../api/http.ts";
import type { Resource } from "../lib/use_resource.ts";
import { words } from "../lib/format.ts";
import { Button } from "./button.tsx";

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="px-6 py-10 text-center">
      <p className="font-serif text-lg">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-prose text-sm text-soft">{children}</div>}
    </div>
  );
}

export function ProblemView({ problem, retry }: { problem: Problem; retry?: () => void }) {
  return (
    <div
      role="alert"
      className="m-4 rounded-md border-l-4 border-warn bg-amber px-4 py-3 text-sm"
    >
      <p className="font-medium text-warn first-letter:uppercase">{words(problem.title)}</p>
      <p className="break-words">{problem.detail}</p>
      {problem.nextStep && <p className="mt-1 text-soft dark:text-ink">{problem.nextStep}</p>}
      {retry && (
        <Button className="mt-3" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export function Loading() {
  return (
    <p className="breathe px-6 py-10 text-center text-soft" role="status">
      Loading…
    </p>
  );
}

/** Shows a resource's data, or the state it is in. */
export function Show<T>({ of, children }: { of: Resource<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.problem) return <ProblemView problem={of.problem} retry={of.reload} />;
  return <Loading />;
}
