// Trains contributed experts, one in each chosen layer, on one new domain; the anchor stays frozen
// and is read in place from its mapped payloads.
//
// A gate row starts as the regularised linear discriminant between the hidden states of domain and
// anchor text, its bias so that at most 2 % of any anchor dataset's tokens pass; down starts at
// zero, so the first step begins from the head's own output. Loss = cross-entropy, replay rows
// weighted 10 so that an expert spares the few anchor tokens it meets, + 0.2 * binary cross-entropy
// of the gates (domain 1, replay 0 with a weight of its own: the larger, the less harm and gain).
// Afterwards the biases are lowered together as far as anchor text that was held back asks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "learn/lineage.hpp"
#include "learn/profile.hpp"
#include "learn/progress.hpp"
#include "model/weights.hpp"

namespace cambium::learn {

struct ExpertJob {
  std::string model;
  model::SharedWeights head;
  Hash head_root;                         // index root of `head`, for the manifest
  std::vector<model::ExpertName> experts; // contributed slots, at most one a layer
  TokenStream domain;
  std::vector<TokenStream> replay;        // anchor text; may be empty, then more is forgotten
  Hash seed;                              // batch_seed(lease, beacon)
  Hash tokenizer;                         // SHA-256 of tokenizer.json
  Bytes trainer;                          // account
  std::uint32_t batch_rows = 8;
  std::uint32_t row_tokens = 128;
  ExpertScheme scheme;
  Budget budget;
  unsigned threads = 0;                   // 0: what a probe finds faster, one or two
  std::filesystem::path checkpoints;      // folder of this run; resumed when it holds a checkpoint
};

struct TrainedExpert {
  model::ExpertName name;
  Bytes content;   // the payload: gate, up, down, row, bias
  Hash root;
  Lineage lineage;
};

struct ExpertResult {
  std::vector<TrainedExpert> experts;  // by layer
  std::vector<Hash> batch_leaves;      // what verify_lineage asks for
  std::uint64_t steps = 0;
  double seconds = 0;
  double tokens_per_s = 0;
  double final_loss = 0;
};

Result<ExpertResult> train_experts(const ExpertJob& job, const Clock& clock,
                                   const OnProgress& on_progress);

/// The head with a candidate's experts added or replaced: what an evaluator measures.
struct CandidateExpert {
  model::ExpertName name;
  ByteView content;
};
Result<model::SharedWeights> with_candidate(const model::ModelWeights& head,
                                            std::span<const CandidateExpert> candidate);

}  // namespace cambium::learn
