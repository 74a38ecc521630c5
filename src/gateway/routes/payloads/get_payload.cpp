// GET /payloads/{root}: a block's payload, whole or a range of it, straight from the store.
#include <charconv>

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

// "bytes=first-last" or "bytes=first-"; anything else sends the whole.
FileSlice slice_of(const std::string& range, std::filesystem::path path, std::uint64_t total) {
  FileSlice slice{std::move(path), 0, total, total};
  constexpr std::string_view kUnit = "bytes=";
  if (!range.starts_with(kUnit)) return slice;
  const char* at = range.data() + kUnit.size();
  const char* end = range.data() + range.size();
  std::uint64_t first = 0;
  auto parsed = std::from_chars(at, end, first);
  if (parsed.ec != std::errc{} || parsed.ptr == end || *parsed.ptr != '-' || first >= total) {
    return slice;
  }
  std::uint64_t last = total - 1;
  std::from_chars(parsed.ptr + 1, end, last);
  slice.offset = first;
  slice.size = std::min(last, total - 1) - first + 1;
  return slice;
}

}  // namespace

Route get_payload(Services& services) {
  return {.method = Method::get,
          .pattern = "/payloads/{root}",
          .summary = "A payload by its content root; takes a Range header",
          .tag = "payloads",
          .handler = PlainHandler([&services](const Request& request) -> Response {
            const auto root = Hash::from_hex(request.params.at("root"));
            if (!root || !services.node.store().has(*root)) {
              return to_response(Error{ErrorCode::not_found, "this node does not hold a payload "
                                                             "with that root"});
            }
            const auto opened = services.node.store().open(*root);
            if (!opened) return to_response(opened.error());
            const auto total = (*opened)->content().size();
            Response response;
            response.content_type = "application/octet-stream";
            response.file = slice_of(request.range, services.node.store().path(*root), total);
            response.headers.emplace_back("Accept-Ranges", "bytes");
            if (response.file->size != total || !request.range.empty()) {
              response.status = 206;
              response.headers.emplace_back(
                  "Content-Range", "bytes " + std::to_string(response.file->offset) + "-" +
                                       std::to_string(response.file->offset +
                                                      response.file->size - 1) +
                                       "/" + std::to_string(total));
            }
            return response;
          })};
}

}  // namespace cambium::gateway
