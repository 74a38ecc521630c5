// A training run as JSON.
#pragma once

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Json run_json(const node::Run& run);

}  // namespace cambium::gateway
