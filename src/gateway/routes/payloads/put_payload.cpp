// PUT /payloads/{root}: store a payload; refused when the bytes are not what the root names.
#include <array>
#include <fstream>

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

Result<Json> store_file(store::BlockStore& store, const Hash& root,
                        const std::filesystem::path& file) {
  TRY(const auto writer, store.begin());
  std::ifstream in(file, std::ios::binary);
  std::vector<char> chunk(1 << 20);
  std::uint64_t total = 0;
  while (in.read(chunk.data(), std::streamsize(chunk.size())) || in.gcount() > 0) {
    const auto size = std::size_t(in.gcount());
    TRY_STATUS(writer->write(as_bytes({chunk.data(), size})));
    total += size;
  }
  TRY_STATUS(writer->commit_as(root));
  return Json{{"root", root.hex()}, {"bytes", total}};
}

}  // namespace

Route put_payload(Services& services) {
  return {.method = Method::put,
          .pattern = "/payloads/{root}",
          .summary = "Store a payload under its content root",
          .tag = "payloads",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            const auto root = Hash::from_hex(request.params.at("root"));
            if (!root) {
              return fail(ErrorCode::invalid_input,
                          "a payload is named by 64 hexadecimal digits, its content root");
            }
            return store_file(services.node.store(), *root, request.body_file);
          }),
          .body = Route::Body::file};
}

}  // namespace cambium::gateway
