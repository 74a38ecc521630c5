// Parameters that governance changes one field at a time, whichever module they belong to.
#pragma once

#include <string>
#include <string_view>

#include "chain/status.hpp"
#include "chain/context.hpp"
#include "base/result.hpp"

namespace cambium::chain {

/// One field of one module's parameters; names as in the schema, the value as JSON:
/// {"rewards", "daily_spend_ucbm", "\"5000000\""}, {"models", "work_bits", "20"}.
struct ParamChange {
  std::string_view module;
  std::string_view field;
  std::string_view value_json;
};

inline constexpr std::size_t kMaxParamJsonBytes = 16 * 1024;

/// What a change would do, or why not.
struct ParamVerdict {
  TxStatus status = TxStatus::ok;  // or unknown_parameter, bad_parameter_value, parameter_refused
  std::string why;                 // a sentence when refused
  std::string before_json;         // the field's value now
  std::string after_json;          // and then
  std::string record;              // all parameters after it, encoded
};
ParamVerdict try_param(const ReadContext& ctx, const ParamChange& change);

/// Makes the change and emits chain.param_changed with the old and the new value.
TxStatus change_param(Context& ctx, const ParamChange& change);

}  // namespace cambium::chain
