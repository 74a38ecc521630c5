// Messages on an ABCI socket: the length as an unsigned varint, then protobuf.
#pragma once

#include <optional>

#include <tendermint/abci/types.pb.h>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::engine::abci {

using tendermint::abci::Request;
using tendermint::abci::Response;

/// Blocks and snapshot chunks stay far below this; a longer frame means that the two ends no
/// longer agree where frames begin.
inline constexpr std::size_t kMaxFrameBytes = 256u << 20;

void append_frame(std::string& out, const google::protobuf::Message& message);

/// Takes requests out of bytes as they arrive.
class FrameReader {
 public:
  void feed(std::string_view bytes) { buffer_.append(bytes); }
  /// The next whole request; nothing until more bytes come. `corrupt` ends the connection.
  Result<std::optional<Request>> next();

 private:
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace cambium::engine::abci
