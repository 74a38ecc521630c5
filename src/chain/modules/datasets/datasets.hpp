// The module's state, and what evaluation and rewards may ask of it.
#pragma once

#include <optional>
#include <string>

#include "cambium/datasets/v1/datasets.pb.h"
#include "chain/modules/interchain/ports.hpp"
#include "chain/table.hpp"

namespace cambium::chain::datasets {

namespace pb = cambium::datasets::v1;

inline constexpr Table<pb::Params> kDatasetParams{TableId{kDatasetsPrefix, 1}};
/// ("id@version")
inline constexpr Table<pb::Dataset, std::string> kDatasets{TableId{kDatasetsPrefix, 2}};

/// "id@version": how models, lineages and slices name a dataset.
std::string full_name(const std::string& id, const std::string& version);
/// The dataset, when it is approved on this chain.
std::optional<pb::Dataset> approved(const ReadContext& ctx, const std::string& name);

/// 0.3 quality + 0.3 diversity + 0.3 usefulness + 0.1 (1 - toxicity), 10^-9, at most 10^9
/// (B/ECON-09).
std::uint64_t score_nano(const pb::Scores& scores);

/// Takes over approvals from the chain whose client the parameters name.
interchain::Port approval_port();

}  // namespace cambium::chain::datasets
