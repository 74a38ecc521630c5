import { useState } from "react";
import {
  getEvaluations,
  getLineage,
  getModel,
  getStory,
  type Model,
  type ModelRow,
} from "../../api/models.ts";
import { useResource } from "../../lib/use_resource.ts";
import { Card } from "../../ui/card.tsx";
import { Figure } from "../../ui/facts.tsx";
import { Hash } from "../../ui/hash.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { BlockCard } from "./block_card.tsx";
import { EvaluationsCard } from "./evaluations_card.tsx";
import { LineageCard } from "./lineage_card.tsx";
import { SlicesCard } from "./slices_card.tsx";
import { Continuations, Timings } from "./story_cards.tsx";
import { Trunk } from "./trunk.tsx";
import { UseCard } from "./use_card.tsx";

const EVERY_MS = 10_000;

/** Everything about one model; what moves is asked for anew when its index does. */
export function ModelView({ row }: { row: ModelRow }) {
  const { id } = row;
  const model = useResource(`${id} ${row.index_root}`, (_, signal) => getModel(id, signal));
  const tried = useResource(id, (_, signal) => getEvaluations(id, signal), EVERY_MS);
  const lineage = useResource(`${id} ${row.index_root}`, (_, signal) => getLineage(id, signal));
  const story = useResource(id, (_, signal) => getStory(id, signal), EVERY_MS);
  return (
    <div className="space-y-6">
      <Figures row={row} />
      <Card title="Rings" aside="touch a block for its story">
        <Show of={model}>{(data) => <Rings model={data} />}</Show>
      </Card>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <SlicesCard slices={row.slices} />
        <Show of={lineage}>{({ experts }) => <LineageCard experts={experts} />}</Show>
      </div>
      <Show of={tried}>{({ items }) => <EvaluationsCard items={items} />}</Show>
      {story.data && <Continuations items={story.data.continuations} />}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <UseCard />
        {story.data && <Timings items={story.data.timings} />}
      </div>
    </div>
  );
}

function Figures({ row }: { row: ModelRow }) {
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
      <Figure value={row.version} unit={`version, generation ${row.generation}`} />
      <Figure value={row.anchor_experts} unit="anchor experts, frozen" />
      <Figure value={row.contributed_experts} unit="contributed experts" tone="text-green" />
      <Figure
        value={
          <span className="text-base">
            <Hash value={row.index_root} />
          </span>
        }
        unit="index root: the head of today"
      />
    </div>
  );
}

function Rings({ model }: { model: Model }) {
  const [pinned, choose] = useState<string>();
  const [hovered, preview] = useState<string>();
  const chosen = hovered ?? pinned;
  const perLayer = Number(model.architecture["experts"] ?? 4);
  const block = model.blocks.find(({ id }) => id === chosen);
  return (
    <div className="grid gap-2 lg:grid-cols-[minmax(0,1fr)_23rem]">
      <div className="p-3">
        <Trunk
          blocks={model.blocks}
          anchorExperts={perLayer}
          chosen={chosen}
          choose={choose}
          preview={preview}
        />
      </div>
      <div className="border-line max-lg:border-t lg:border-l">
        {block ? (
          <BlockCard block={block} all={model.blocks} choose={choose} />
        ) : (
          <Empty title={`${model.blocks.length} blocks`}>
            The pith is the embedding, a quarter is a layer, wood is the frozen anchor inside its
            bark. Green grew later: contributed experts, the deeper the more they helped.
          </Empty>
        )}
      </div>
    </div>
  );
}
