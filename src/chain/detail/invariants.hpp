// Runs every invariant that is routed to a touched entry.
#pragma once

#include "chain/modules/registry.hpp"

namespace cambium::chain::detail {

/// One sentence a violation; empty when everything holds. All checks run, so that all are told.
std::vector<std::string> violations(const Registry& registry, const state::Diff& diff,
                                    const InvariantScope& scope);

}  // namespace cambium::chain::detail
