#include "engine/cometbft/abci/frames.hpp"

#include <google/protobuf/io/coded_stream.h>

namespace cambium::engine::abci {
namespace {

constexpr int kMaxVarintBytes = 10;

struct Prefix {
  std::uint64_t length = 0;
  std::size_t bytes = 0;  // of the prefix itself; 0: more are needed
};

Result<Prefix> prefix_of(std::string_view bytes) {
  Prefix out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == kMaxVarintBytes) return fail(ErrorCode::corrupt, "An ABCI frame has no length.");
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    out.length |= std::uint64_t{byte & 0x7fu} << (7 * i);
    if ((byte & 0x80u) == 0) {
      out.bytes = i + 1;
      return out;
    }
  }
  return Prefix{};
}

}  // namespace

void append_frame(std::string& out, const google::protobuf::Message& message) {
  using google::protobuf::io::CodedOutputStream;
  const std::size_t size = message.ByteSizeLong();
  std::uint8_t prefix[kMaxVarintBytes];
  const auto* end = CodedOutputStream::WriteVarint64ToArray(size, prefix);
  out.append(reinterpret_cast<const char*>(prefix), static_cast<std::size_t>(end - prefix));
  message.AppendToString(&out);
}

Result<std::optional<Request>> FrameReader::next() {
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  TRY(const auto prefix, prefix_of(rest));
  if (prefix.length > kMaxFrameBytes) {
    return fail(ErrorCode::corrupt, "An ABCI frame is longer than any message may be.");
  }
  if (prefix.bytes == 0 || rest.size() - prefix.bytes < prefix.length) {
    buffer_.erase(0, at_);
    at_ = 0;
    return std::optional<Request>();
  }
  Request request;
  if (!request.ParseFromArray(rest.data() + prefix.bytes, static_cast<int>(prefix.length))) {
    return fail(ErrorCode::corrupt, "An ABCI frame is not a request of this protocol's version.");
  }
  at_ += prefix.bytes + prefix.length;
  return std::optional<Request>(std::move(request));
}

}  // namespace cambium::engine::abci
