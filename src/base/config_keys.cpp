// The table of settings. A new setting is one line here.
#include "base/config.hpp"

namespace cambium {
namespace {

using enum ConfigType;

constexpr ConfigKey kKeys[] = {
    {"node.roles", list, "gateway,evaluator,host,trainer,storer,relay",
     "What this node does; evaluator measures candidates, relay moves packets."},
    {"node.log_level", text, "info", "One of trace, debug, info, warn, error, off."},
    {"node.heartbeat_ms", whole, "60000", "Milliseconds between heartbeats on the chain."},
    {"node.threads", whole, "0", "Worker threads; 0 means one per processor core."},

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
