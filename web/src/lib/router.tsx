// Addresses without a hash: the node answers every unknown page with index.html.
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";

const MOVED = "cambium:moved";

function listen(call: () => void) {
  addEventListener("popstate", call);
  addEventListener(MOVED, call);
  return () => {
    removeEventListener("popstate", call);
    removeEventListener(MOVED, call);
  };
}

/** The path, decoded by segments: "/explorer/utility/tx/ab" -> ["explorer", "utility", ...]. */
export function usePath(): string[] {
  const path = useSyncExternalStore(
    listen,
    () => location.pathname,
    () => "/",
  );
  return segments(path);
}

export function segments(path: string): string[] {
  return path
    .split("/")
    .filter(Boolean)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

export function go(to: string): void {
  history.pushState(null, "", to);
  dispatchEvent(new Event(MOVED));
  scrollTo(0, 0);
  // People who listen instead of looking learn of the new page by its heading.
  requestAnimationFrame(() => document.querySelector<HTMLElement>("h1")?.focus());
}

/** An ordinary link that changes the page without loading it anew. */
export function Link(props: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    props.onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!plain || event.defaultPrevented) return;
    event.preventDefault();
    go(props.href);
  };
  return <a {...props} onClick={follow} />;
}
