import { lazy, Suspense } from "react";
import { usePath } from "./lib/router.tsx";
import { Banner } from "./features/shell/banner.tsx";
import { Header, Nav } from "./features/shell/header.tsx";
import { NodeWatch } from "./features/shell/node_state.tsx";
import { ChatPage } from "./features/chat/chat_page.tsx";
import { Empty, Loading } from "./ui/states.tsx";

// A page's code is fetched when it is first opened; the chat is there at once.
const Explorer = lazy(async () => {
  const { Explorer } = await import("./features/explorer/explorer.tsx");
  return { default: Explorer };
});
const ModelsPage = lazy(async () => {
  const { ModelsPage } = await import("./features/models/models_page.tsx");
  return { default: ModelsPage };
});
const Network = lazy(async () => {
  const { Network } = await import("./features/network/network.tsx");
  return { default: Network };
});
const TrainPage = lazy(async () => {
  const { TrainPage } = await import("./features/train/train_page.tsx");
  return { default: TrainPage };
});

function Page() {
  const [root, ...rest] = usePath();
  switch (root) {
    case undefined:
      return <ChatPage />;
    case "explorer":
      return <Explorer path={rest} />;
    case "model":
      return <ModelsPage id={rest[0]} />;
    case "network":
      return <Network path={rest} />;
    case "training":
      return <TrainPage id={rest[0]} />;
    default:
      return <Empty title="There is no such page">Choose one above.</Empty>;
  }
}

export function App() {
  return (
    <NodeWatch>
      <a href="#page" className="sr-only focus:not-sr-only">
        Skip to the page
      </a>
      <Header />
      <Banner />
      <main id="page" className="mx-auto max-w-7xl px-4 pt-5 pb-20 sm:px-6 sm:pt-7 sm:pb-6">
        <Suspense fallback={<Loading />}>
          <Page />
        </Suspense>
      </main>
      <Nav
        className="fixed inset-x-0 bottom-0 z-20 flex gap-1 border-t border-line bg-paper p-2
        sm:hidden"
      />
    </NodeWatch>
  );
}
