// What an expert did on this host and earned on the chain.
#pragma once

#include "gateway/routes/models/model_json.hpp"

namespace cambium::gateway {

Json expert_json(const state::View& view, const serve::ExpertStats& stats);

}  // namespace cambium::gateway
