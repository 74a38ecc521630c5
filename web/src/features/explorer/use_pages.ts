// A list that is read page by page.
import { useCallback, useEffect, useState } from "react";
import { Problem, type Page } from "../../api/http.ts";

export interface Pages<T> {
  items: T[];
  /** Whether more can be asked for. */
  more: boolean;
  busy: boolean;
  problem?: Problem;
  load: () => void;
}

export function usePages<T>(ask: (before: string | null) => Promise<Page<T>>, key: string) {
  const [state, setState] = useState<{
    items: T[];
    next: string | null;
    busy: boolean;
    problem?: Problem;
  }>({ items: [], next: null, busy: true });
  const read = useCallback(
    (before: string | null) => {
      setState((old) => ({ ...old, busy: true }));
      ask(before).then(
        (page) =>
          setState((old) => ({
            items: before ? [...old.items, ...page.items] : page.items,
            next: page.next,
            busy: false,
          })),
        (error: unknown) =>
          setState((old) => ({ ...old, busy: false, problem: Problem.of(error) })),
      );
      // `ask` is a new closure at each render; `key` says whether it asks for something else.
    },
    [key],
  );
  useEffect(() => read(null), [read]);
  const pages: Pages<T> = {
    items: state.items,
    more: state.next !== null,
    busy: state.busy,
    ...(state.problem ? { problem: state.problem } : {}),
    load: () => read(state.next),
  };
  return pages;
}
