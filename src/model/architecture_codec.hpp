// The architecture as it stands in a meta block.
#pragma once

#include "cambium/models/v1/architecture.pb.h"
#include "model/architecture.hpp"

namespace cambium::model {

/// The description of a stored message; refused with a sentence when it does not validate.
Result<Architecture> architecture_from(const cambium::models::v1::Architecture& message);

cambium::models::v1::Architecture to_message(const Architecture& architecture);

}  // namespace cambium::model
