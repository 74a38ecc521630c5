import { Chains } from "./chains.tsx";
import { AccountPage } from "./account_page.tsx";
import { BlockPage } from "./block_page.tsx";
import { ChainPage } from "./chain_page.tsx";
import { SearchBox } from "./search_box.tsx";
import { StatePage } from "./state_page.tsx";
import { TxPage } from "./tx_page.tsx";
import { Empty } from "../../ui/states.tsx";

/** /explorer, /explorer/{chain}, /explorer/{chain}/{block|tx|account|state}/{id}. */
export function Explorer({ path: [chain, kind, id] }: { path: string[] }) {
  return (
    <>
      <SearchBox />
      <Page chain={chain} kind={kind} id={id} />
    </>
  );
}

function Page({ chain, kind, id }: Record<"chain" | "kind" | "id", string | undefined>) {
  if (!chain) return <Chains />;
  if (!kind) return <ChainPage key={chain} chain={chain} />;
  if (id && kind === "block") return <BlockPage chain={chain} height={id} />;
  if (id && kind === "tx") return <TxPage chain={chain} hash={id} />;
  if (id && kind === "account")
    return <AccountPage key={chain + id} chain={chain} address={id} />;
  if (id && kind === "state") return <StatePage chain={chain} entry={id} />;
  return <Empty title="There is nothing at this address">Search for it above.</Empty>;
}
