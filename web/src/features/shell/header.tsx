import { Link, usePath } from "../../lib/router.tsx";
import { useTheme } from "../../lib/theme.ts";
import { Mark } from "./rings.tsx";
import { NodeBadge } from "./node_badge.tsx";

export const PAGES = [
  { name: "Chat", href: "/", root: undefined },
  { name: "Explorer", href: "/explorer", root: "explorer" },
  { name: "Models", href: "/model", root: "model" },
  { name: "Train", href: "/training", root: "training" },
  { name: "Network", href: "/network", root: "network" },
] as const;

export function Header() {
  const [theme, turn] = useTheme();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-paper">
      <div className="mx-auto flex h-14 max-w-7xl items-center gap-3 px-4 sm:gap-6 sm:px-6">
        <Link href="/" className="flex items-center gap-2.5" aria-label="Cambium, chat">
          <Mark />
          <span className="font-serif text-xl font-semibold">Cambium</span>
        </Link>
        <Nav className="hidden gap-1 sm:flex" />
        <div className="ml-auto flex items-center gap-2">
          <NodeBadge />
          <button
            type="button"
            onClick={turn}
            aria-label={`Turn the page ${theme === "dark" ? "light" : "dark"}`}
            className="grid size-9 place-items-center rounded-md text-soft hover:bg-sunk
              hover:text-green"
          >
            {theme === "dark" ? "☀" : "☾"}
          </button>
        </div>
      </div>
    </header>
  );
}

export function Nav({ className }: { className: string }) {
  const [root] = usePath();
  return (
    <nav aria-label="Pages" className={className}>
      {PAGES.map((page) => (
        <Link
          key={page.name}
          href={page.href}
          aria-current={root === page.root ? "page" : undefined}
          className="flex-1 rounded-md px-3 py-1.5 text-center text-[0.95rem] text-soft
            hover:text-green aria-[current=page]:bg-leaf aria-[current=page]:font-medium
            aria-[current=page]:text-green"
        >
          {page.name}
        </Link>
      ))}
    </nav>
  );
}
