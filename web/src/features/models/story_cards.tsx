import type { Story } from "../../api/models.ts";
import { duration } from "../../lib/format.ts";
import { Card } from "../../ui/card.tsx";

/** The same prompts before and after the expert joined, honestly babble. */
export function Continuations({ items }: { items: Story["continuations"] }) {
  if (items.length === 0) return null;
  return (
    <Card title="The same words, before and after" aside="a tiny model; it babbles">
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={item.prompt} className="grid gap-4 px-4 py-4 md:grid-cols-2">
            <Text title="before" prompt={item.prompt} text={item.before} />
            <Text title="after" prompt={item.prompt} text={item.after} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Text({ title, prompt, text }: { title: string; prompt: string; text: string }) {
  const rest = text.startsWith(prompt) ? text.slice(prompt.length) : text;
  return (
    <div className="min-w-0">
      <div className={`mb-1 text-xs ${title === "after" ? "text-green" : "text-soft"}`}>
        {title}
      </div>
      <p className="font-serif leading-relaxed break-words whitespace-pre-wrap">
        <span className="text-soft">{prompt}</span>
        {rest}
      </p>
    </div>
  );
}

export function Timings({ items }: { items: Story["timings"] }) {
  if (items.length === 0) return null;
  const whole = items.reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <Card title="How it grew" aside={`${duration(whole)} on this machine`}>
      <ul className="space-y-1.5 p-4 text-sm">
        {items.map(({ part, seconds }) => (
          <li
            key={part}
            className="grid grid-cols-[minmax(6rem,11rem)_1fr_5.5rem] items-center gap-2"
          >
            <span className="truncate" title={part}>
              {part}
            </span>
            <span className="h-2.5 rounded-sm bg-sunk">
              <span
                className="block h-full min-w-px rounded-sm bg-wood/60"
                style={{ width: `${(seconds / Math.max(whole, 1e-9)) * 100}%` }}
              />
            </span>
            <span className="tabular text-right text-soft">{duration(seconds)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
