// The mark: a trunk cut across, with one green year at its edge.
export function Mark({ className = "size-8" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <circle cx="16" cy="16" r="15" className="fill-green" />
      <circle cx="16" cy="16" r="12" className="fill-grain" />
      <g className="fill-none stroke-wood" strokeWidth="1.1">
        <circle cx="16.1" cy="16" r="9.2" />
        <circle cx="16.5" cy="15.9" r="6.4" />
        <circle cx="16.8" cy="15.8" r="3.6" />
      </g>
      <circle cx="17" cy="15.7" r="1.3" className="fill-wood" />
    </svg>
  );
}
