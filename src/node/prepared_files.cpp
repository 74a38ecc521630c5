#include "node/prepared_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/durable_file.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

namespace fs = std::filesystem;

Result<Bytes> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in && text << in.rdbuf()) return to_bytes(text.str());
  return fail(ErrorCode::corrupt, fmt::format("{} is missing; delete its folder to train again.",
                                              path.string()));
}

}  // namespace

Status save_prepared(const fs::path& folder, const Prepared& prepared) {
  std::error_code error;
  fs::create_directories(folder, error);
  std::string list = fmt::format("{}\n", prepared.declared_gain_nano);
  for (const auto& expert : prepared.experts) {
    const std::string name = model::to_text(expert.name);
    TRY_STATUS(write_durably(folder / (name + ".payload"), {expert.content}));
    TRY_STATUS(write_durably(folder / (name + ".lineage"), {schema::encode(expert.lineage)}));
    list += name + "\n";
  }
  return write_durably(folder / "prepared", {as_bytes(list)});
}

Result<std::optional<Prepared>> load_prepared(const fs::path& folder) {
  std::optional<Prepared> out;
  std::error_code error;
  if (!fs::exists(folder / "prepared", error)) return out;
  std::ifstream list(folder / "prepared");
  out.emplace();
  list >> out->declared_gain_nano;
  for (std::string line; list >> line;) {
    OfferedExpert expert;
    TRY(expert.name, model::parse_expert_name(line));
    TRY(expert.content, read_file(folder / (line + ".payload")));
    TRY(auto lineage, read_file(folder / (line + ".lineage")));
    TRY(expert.lineage, schema::decode_as<learn::Lineage>(lineage));
    out->experts.push_back(std::move(expert));
  }
  return out;
}

}  // namespace cambium::node
