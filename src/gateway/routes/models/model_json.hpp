// A model and its history as JSON.
#pragma once

#include "gateway/routes/models/model_state.hpp"

namespace cambium::gateway {

/// What GET /models shows of a model; `story` is the main job's report, null before there is one.
Json summary_json(const state::View& view, const cambium::models::v1::Model& model,
                  const Json& story);
Json block_json(const cambium::models::v1::Block& block);
Json candidate_json(const cambium::evaluation::v1::Candidate& candidate);
/// The main job's report, or null.
Json story_of(const node::Node& node);

}  // namespace cambium::gateway
