// /network/{validators|staking|governance|treasury}/...: how people run the chain together.
import type { ReactNode } from "react";
import { FollowChain } from "../../lib/live.tsx";
import { Empty } from "../../ui/states.tsx";
import { GovernancePage } from "../governance/governance_page.tsx";
import { ProposalPage } from "../governance/proposal_page.tsx";
import { ParamsPage } from "../governance/params_page.tsx";
import { StakingPage } from "../staking/staking_page.tsx";
import { TreasuryPage } from "../treasury/treasury_page.tsx";
import { ValidatorPage } from "../validators/validator_page.tsx";
import { ValidatorsPage } from "../validators/validators_page.tsx";
import { Tabs } from "./tabs.tsx";

export function Network({ path: [tab = "validators", id] }: { path: string[] }) {
  return (
    <FollowChain chain="utility">
      <Tabs chosen={tab} />
      {page(tab, id)}
    </FollowChain>
  );
}

function page(tab: string, id: string | undefined): ReactNode {
  switch (tab) {
    case "validators":
      return id ? <ValidatorPage key={id} operator={id} /> : <ValidatorsPage />;
    case "staking":
      return <StakingPage key={id} address={id} />;
    case "governance":
      if (id === "parameters") return <ParamsPage />;
      return id ? <ProposalPage key={id} id={id} /> : <GovernancePage />;
    case "treasury":
      return <TreasuryPage />;
    default:
      return <Empty title="There is no such page">Choose one above.</Empty>;
  }
}
