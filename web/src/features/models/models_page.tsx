import { useEffect, useRef } from "react";
import { getModels, type ModelRow } from "../../api/models.ts";
import { Link } from "../../lib/router.tsx";
import { useResource } from "../../lib/use_resource.ts";
import { PageHead } from "../../ui/card.tsx";
import { Empty, Show } from "../../ui/states.tsx";
import { useNode } from "../shell/node_state.tsx";
import { ModelView } from "./model_view.tsx";

const EVERY_MS = 10_000;

export function ModelsPage({ id }: { id: string | undefined }) {
  const models = useResource("models", (_, signal) => getModels(signal), EVERY_MS);
  useWhenReady(models.reload);
  return (
    <Show of={models}>
      {({ items }) => {
        const model = id ? items.find((item) => item.id === id) : items[0];
        if (!model) return <None asked={id} />;
        return (
          <>
            <PageHead title={model.name || model.id}>
              {items.length > 1 && <Others items={items} chosen={model.id} />}
            </PageHead>
            <ModelView key={model.id} row={model} />
          </>
        );
      }}
    </Show>
  );
}

function Others({ items, chosen }: { items: ModelRow[]; chosen: string }) {
  return (
    <nav aria-label="Models" className="flex flex-wrap gap-2 text-sm">
      {items
        .filter((item) => item.id !== chosen)
        .map((item) => (
          <Link
            key={item.id}
            href={`/model/${encodeURIComponent(item.id)}`}
            className="text-green hover:underline"
          >
            {item.name || item.id}
          </Link>
        ))}
    </nav>
  );
}

function None({ asked }: { asked: string | undefined }) {
  return (
    <>
      <PageHead title="Models" />
      <Empty title={asked ? `There is no model ${asked}` : "No model yet"}>
        The first one is growing.{" "}
        <Link href="/training" className="text-green underline">
          Watch it train
        </Link>
        ; its rings appear here when it is published.
      </Empty>
    </>
  );
}

/** Asks again at once when the node becomes ready, instead of at the next turn of the clock. */
function useWhenReady(reload: () => void) {
  const ready = useNode().ready?.ready;
  const last = useRef(ready);
  useEffect(() => {
    if (ready && !last.current) reload();
    last.current = ready;
  }, [ready, reload]);
}
