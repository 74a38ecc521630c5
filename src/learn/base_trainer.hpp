// Trains the frozen anchor of a model born here, from random weights, with exactly the arithmetic
// of the evaluation kernel (model/architecture.hpp), in libtorch.
//
// Loss = cross-entropy + 0.01 * balance (Fedus et al. 2021, over top-2 assignments) + 0.001 * z
// (Zoph et al. 2022, on router logits). AdamW (0.9, 0.95, decay 0.1 on matrices), learning rate
// level after the warm-up, falling linearly to zero over the last 30 %.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "learn/profile.hpp"
#include "learn/progress.hpp"
#include "learn/text.hpp"
#include "model/weights.hpp"
#include "store/block_store.hpp"

namespace cambium::learn {

struct BaseJob {
  model::Architecture architecture;
  std::vector<TokenStream> streams;  // drawn from in equal shares
  std::uint64_t seed = 1;
  std::uint32_t batch_rows = 8;
  std::uint32_t row_tokens = 128;
  double learning_rate = 3e-3;       // at its peak
  std::uint64_t warm_up = 50;        // steps
  Budget budget;
  unsigned threads = 0;               // 0: what a probe finds faster, one or two
  std::filesystem::path checkpoints;  // folder of this run; resumed when it holds a checkpoint
  std::uint64_t checkpoint_every = 100;  // steps
};

/// Payload contents by block name ("embed", "layer0.attention", "layer1.expert3", ...).
using BlockContents = std::map<std::string, Bytes>;

struct BaseResult {
  BlockContents blocks;
  std::uint64_t steps = 0;
  double seconds = 0;       // in this process
  double tokens_per_s = 0;
  double final_loss = 0;    // nats per token, smoothed
};

Result<BaseResult> train_base(const BaseJob& job, const Clock& clock,
                              const OnProgress& on_progress);

/// Stores every block and returns its payload root by name.
Result<std::map<std::string, Hash>> store_blocks(store::BlockStore& store,
                                                 const BlockContents& blocks);

/// The model made of contents in this process's memory: for measuring before publication, tests.
Result<model::SharedWeights> weights_of(const model::Architecture& architecture,
                                        const BlockContents& blocks);

}  // namespace cambium::learn
