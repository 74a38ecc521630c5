// The list of endpoints: declare the maker, then name it below.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

using MakeRoute = Route(Services&);

// system and credits
MakeRoute get_openapi, get_docs, get_health, get_ready, get_genesis_hash, get_metrics, get_credits,
    post_auth_register;
// chain
MakeRoute get_chain_status, get_blocks, get_block, get_txs, get_tx, post_tx, post_simulate,
    get_account, get_holdings, get_state, get_query, get_search, subscribe;
// consensus
MakeRoute get_consensus_status, get_validators, get_validator, get_validator_rewards,
    get_active_set, get_consensus_params, get_evidence, get_upgrades, get_epoch, get_reward_pool,
    get_account_stake, get_light_block, get_proposals, get_proposal;
// state sync
MakeRoute get_latest_checkpoint, get_sync_snapshots, get_sync_providers, post_fast_sync;
// models
MakeRoute get_models, get_model, get_evaluations, get_lineage, get_story, get_experts_top,
    get_expert_stats;
// payloads
MakeRoute get_payload, put_payload;
// chat
MakeRoute post_chat, get_chat_stream, ws_chat, post_chat_completions, post_completions,
    get_v1_models;
// train
MakeRoute get_runs, get_run, post_run, post_progress, post_cancel, get_train_stream;

std::vector<Route> all_routes(Services& services) {
  constexpr MakeRoute* kMakers[] = {
      get_openapi,      get_docs,         get_health,         get_ready,
      get_genesis_hash, get_metrics,      get_credits,        post_auth_register,
      get_chain_status, get_blocks,       get_block,          get_txs,
      get_tx,           post_tx,          post_simulate,      get_account,
      get_state,        get_query,        get_search,         subscribe,
      get_models,       get_model,        get_evaluations,    get_lineage,
      get_story,        get_experts_top,  get_expert_stats,   get_payload,
      put_payload,      post_chat,        get_chat_stream,    ws_chat,
      post_chat_completions, post_completions, get_v1_models, get_runs,
      get_run,          post_run,         post_progress,      post_cancel,
      get_train_stream, get_holdings,     get_consensus_status, get_validators,
      get_validator,    get_validator_rewards, get_active_set, get_consensus_params,
      get_evidence,     get_upgrades,     get_epoch,          get_reward_pool,
      get_account_stake, get_light_block,  get_proposals,      get_proposal,
      get_latest_checkpoint, get_sync_snapshots, get_sync_providers, post_fast_sync,
  };
  std::vector<Route> routes;
  for (auto* make : kMakers) routes.push_back(make(services));
  return routes;
}

}  // namespace cambium::gateway
