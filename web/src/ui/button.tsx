import type { ButtonHTMLAttributes } from "react";

type Kind = "primary" | "plain" | "quiet";

const LOOK: Record<Kind, string> = {
  primary: "bg-green text-on-green border-green hover:brightness-110",
  plain: "bg-card text-ink border-edge hover:border-green hover:text-green",
  quiet: "bg-transparent text-soft border-transparent hover:text-green hover:bg-sunk",
};

export function Button({
  kind = "plain",
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: Kind }) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-9 items-center justify-center gap-2 rounded-md border px-3.5
        py-1 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50
        disabled:pointer-events-none ${LOOK[kind]} ${className}`}
      {...rest}
    />
  );
}
