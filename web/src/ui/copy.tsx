import { useState } from "react";

/** Copies `text`; says so for a moment. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text).catch(() => undefined);
    setDone(true);
    setTimeout(() => setDone(false), 1400);
  };
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      className="shrink-0 rounded px-1 text-soft hover:text-green"
    >
      {done ? <span className="text-green">✓</span> : <CopyIcon />}
      <span role="status" className="sr-only">
        {done ? "copied" : ""}
      </span>
    </button>
  );
}

function CopyIcon() {
  return (
    <svg
      viewBox="0 0 16 16"
      className="inline size-3.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M3.5 10.5h-1v-8h8v1" />
    </svg>
  );
}

/** A command to type, with a button that copies it. */
export function Command({ children }: { children: string }) {
  return (
    <div
      className="flex items-center gap-2 rounded-md border border-line bg-sunk py-1.5 pr-1.5
        pl-3"
    >
      <code className="min-w-0 flex-1 font-mono text-sm break-words whitespace-pre-wrap">
        {children}
      </code>
      <CopyButton text={children} what="the command" />
    </div>
  );
}
