// Which module answers packets on which port.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "chain/context.hpp"

namespace cambium::chain::interchain {

/// One payload that arrived through a client and was proven.
struct Arrival {
  std::string client;  // ours, of the sending chain
  ByteView value;
};

enum class AckResult : std::uint8_t { accepted, refused };

/// `receive` checks everything before it writes anything: when it does not answer ok, its packet
/// is acknowledged with an error and nothing else may have changed. `acknowledged` and `timed_out`
/// may be null.
struct Port {
  std::string_view name;
  TxStatus (*receive)(Context& ctx, const Arrival& arrival);
  void (*acknowledged)(Context& ctx, const Arrival& sent, AckResult result) = nullptr;
  void (*timed_out)(Context& ctx, const Arrival& sent) = nullptr;
};

/// nullptr when no module listens there.
const Port* find_port(std::string_view name);

}  // namespace cambium::chain::interchain
