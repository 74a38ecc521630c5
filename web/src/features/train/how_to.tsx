import { useState } from "react";
import { getModels } from "../../api/models.ts";
import { useResource } from "../../lib/use_resource.ts";
import { Card } from "../../ui/card.tsx";
import { Command } from "../../ui/copy.tsx";

/** How a person contributes an expert of their own. */
export function HowTo() {
  const models = useResource("models", (_, signal) => getModels(signal));
  const slices = models.data?.items[0]?.slices.map(({ name }) => name) ?? [];
  const [chosen, choose] = useState<string>();
  const slice = chosen ?? slices.find((name) => name === "kjv-bible") ?? slices[0] ?? "kjv-bible";
  return (
    <Card title="Train your own expert">
      <div className="space-y-3 p-4 text-sm">
        <p>
          Choose a kind of text that the model should read better. An expert learns it beside the
          frozen model and is offered to the network.
        </p>
        {slices.length > 0 && (
          <label className="flex items-center gap-2">
            <span className="text-soft">Better at</span>
            <select
              value={slice}
              onChange={(event) => choose(event.target.value)}
              className="min-w-0 flex-1 rounded-md border border-edge bg-paper px-2 py-1"
            >
              {slices.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <Command>{`cambium train --slice ${slice}`}</Command>
        <ol className="list-decimal space-y-1 pl-5 text-soft">
          <li>A slot is leased and the expert is trained here.</li>
          <li>Its weights are committed to before anybody sees them.</li>
          <li>A committee measures it, bit for bit alike, on public and hidden text.</li>
          <li>
            If it helps its own kind of text and harms no other, it joins the model and you are
            paid; else you get the numbers.
          </li>
        </ol>
      </div>
    </Card>
  );
}
