import type { ReactNode } from "react";
import { useTitle } from "./use_title.ts";

/** A sheet of paper with a heading; `aside` stands at the heading's right. */
export function Card({
  title,
  aside,
  children,
  className = "",
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`min-w-0 rounded-lg border border-line bg-card ${className}`}>
      {title !== undefined && (
        <header
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b
          border-line px-4 py-2.5"
        >
          <h2 className="min-w-0 text-lg [overflow-wrap:anywhere]">{title}</h2>
          <div className="text-sm text-soft">{aside}</div>
        </header>
      )}
      {children}
    </section>
  );
}

export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
      <h1 tabIndex={-1} className="text-3xl outline-none">
        {title}
      </h1>
      {children}
    </div>
  );
}
