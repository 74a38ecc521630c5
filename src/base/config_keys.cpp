// The table of settings. A new setting is one line here.
#include "base/config.hpp"

namespace cambium {
namespace {

using enum ConfigType;

constexpr ConfigKey kKeys[] = {
    {"node.roles", list, "gateway,evaluator,host,trainer,storer,relay",
     "What this node does; evaluator measures candidates, relay moves packets."},
    {"node.chains", list, "utility,compute-0", "Chains this node takes part in."},
    {"node.log_level", text, "info", "One of trace, debug, info, warn, error, off."},
    {"node.heartbeat_ms", whole, "60000", "Milliseconds between heartbeats on the chain."},
    {"node.threads", whole, "0", "Worker threads; 0 means one per processor core."},

    {"engine.kind", text, "embedded",
     "Who orders blocks: embedded, this process alone; cometbft, validators."},
    {"engine.utility_idle_ms", whole, "30000",
     "Milliseconds between empty blocks of the utility chain."},
    {"engine.compute_idle_ms", whole, "5000",
     "Milliseconds between empty blocks of the compute chain."},
    {"engine.min_block_ms", whole, "0",
     "Shortest time between two blocks in milliseconds; 0 makes one as soon as there is work."},
    {"engine.mempool_max_txs", whole, "20000", "Transactions that may wait for a block."},
    {"engine.mempool_max_mib", whole, "64", "MiB of transactions that may wait for a block."},
    {"engine.mempool_per_sender", whole, "256", "Waiting transactions of one account."},
    {"engine.mempool_expiry_ms", whole, "600000",
     "Milliseconds after which a transaction that found no block is dropped."},
    {"engine.segment_mib", whole, "64", "MiB after which the block log begins a new file."},

    {"engine.cadence", text, "work",
     "With cometbft: work makes a block when there is work, compute one every five seconds."},
    {"engine.commit_ms", whole, "500",
     "With cometbft: milliseconds that late votes are waited for after a block."},
    {"engine.moniker", text, "cambium", "Name that peers see."},
    {"engine.p2p_host", text, "0.0.0.0", "Address validators listen on for each other."},
    {"engine.p2p_port", whole, "26656", "Port for other validators."},
    {"engine.rpc_host", text, "127.0.0.1",
     "Address of CometBFT's own interface; another one only to serve joining nodes."},
    {"engine.rpc_port", whole, "26657", "Port of CometBFT's own interface."},
    {"engine.external_address", text, "", "HOST:PORT that others dial; empty uses what they see."},
    {"engine.peers", list, "", "Validators to stay connected to: ID@HOST:PORT."},
    {"engine.seeds", list, "", "Nodes that are asked for peers: ID@HOST:PORT."},
    {"engine.private_net", flag, "false",
     "Accepts loopback and several peers behind one address, for networks on one machine."},
    {"engine.remote_signer", text, "",
     "Address that a remote signer dials, tcp://HOST:PORT; empty signs with the key file."},
    {"engine.rules_limit", whole, "0",
     "Stops before a block that needs a newer rules version than this; 0 follows every upgrade."},
    {"engine.ignored_checkpoint", whole, "0",
     "Act of governance whose certified block this node does not compare itself with."},
    {"engine.pruning", text, "default",
     "How much history stays: archive (all), default, light (not for validators)."},
    {"engine.snapshot_every_s", whole, "3600",
     "Seconds of block time between full snapshots; 0 makes none."},
    {"engine.snapshot_increment_s", whole, "900",
     "Seconds of block time between snapshots of what changed; 0 makes only full ones."},
    {"engine.snapshot_window_s", whole, "86400", "Seconds for which snapshots are kept."},
    {"engine.sync_servers", list, "",
     "HOST:PORT of two or more RPC servers from which a new node checks the state it takes over."},
    {"engine.sync_trust", text, "", "HEIGHT:HASH of a block that a new node trusts."},
    {"engine.cometbft_binary", text, "", "The program cometbft; empty finds it by itself."},

    {"gateway.host", text, "127.0.0.1", "Address the HTTP API listens on."},
    {"gateway.port", whole, "8080", "Port of the API and dashboard; 0 lets the system choose."},
    {"gateway.compute_port", whole, "9080",
     "Port of the compute chain's API; 0 lets the system choose."},
    {"gateway.web_dir", text, "", "Folder of the built dashboard; empty finds it by itself."},
    {"gateway.demo_account", flag, "true",
     "Lets callers on this machine use the demo account without a key."},
    {"gateway.demo_credits", whole, "1000", "Credits that a new home gives the demo account."},
    {"gateway.max_body_mib", whole, "16", "Largest request body in MiB, payload uploads apart."},
    {"gateway.max_payload_mib", whole, "1024", "Largest payload upload in MiB."},
    {"gateway.credits_per_cbm", real, "1000", "Posted rate: credits for one CBM."},
    {"gateway.receipt_batch_ms", whole, "5000",
     "Milliseconds that usage receipts wait to be sent together."},

    {"serve.threads", whole, "0", "Threads that answer prompts; 0 means one per core."},
    {"serve.max_streams", whole, "64", "Answers under way at the same time."},
    {"serve.max_tokens", whole, "256", "Most tokens of one answer."},

    {"train.threads", whole, "0", "Threads for training; 0 lets a five-second probe decide."},
    {"train.base_steps", whole, "1500", "Steps of the base model in a full run."},
    {"train.base_budget_s", whole, "360", "Seconds the base model may take; fewer steps if slow."},
    {"train.expert_steps", whole, "300", "Steps of one contributed expert."},
    {"train.expert_budget_s", whole, "90", "Seconds one expert may take; fewer steps if slow."},
    {"train.seed", whole, "7", "Seed of every draw in training."},

    {"data.sources", list, "", "Extra folders of text to offer as datasets."},
};

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

}  // namespace cambium
