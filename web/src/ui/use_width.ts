import { useLayoutEffect, useRef, useState } from "react";

/** The width of an element in pixels, anew when it changes. */
export function useWidth<T extends HTMLElement>() {
  const element = useRef<T>(null);
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const watch = new ResizeObserver(([entry]) => set(Math.round(entry?.contentRect.width ?? 0)));
    watch.observe(target);
    return () => watch.disconnect();
  }, []);
  return [element, width] as const;
}
