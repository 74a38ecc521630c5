#include "chain/modules/models/block_verifier.hpp"

#include <fmt/format.h>

#include "chain/modules/models/block_header.hpp"
#include "chain/modules/models/light_work.hpp"

namespace cambium::chain::models {
namespace {

Status check_signatures(const crypto::SignatureVerifier& verifier,
                        std::span<const ParsedHeader> parsed,
                        std::span<const ReceivedBlock> blocks) {
  std::vector<crypto::SignedMessage> items;
  items.reserve(parsed.size());
  for (std::size_t i = 0; i < parsed.size(); ++i) {
    TRY(auto key, author_key(parsed[i].header));
    items.push_back({std::move(key), parsed[i].id, blocks[i].signature});
  }
  const auto good = verifier.verify_all(items);
  for (std::size_t i = 0; i < good.size(); ++i) {
    if (good[i]) continue;
    return fail(ErrorCode::refused,
                fmt::format("block {} ({}) is not signed by its account's key",
                            parsed[i].header.name(), parsed[i].id.hex()));
  }
  return {};
}

}  // namespace

Status BlockVerifier::add(std::span<const ReceivedBlock> blocks) {
  std::vector<ParsedHeader> parsed;
  parsed.reserve(blocks.size());
  for (const auto& block : blocks) {
    TRY(auto header, parse_header(block.header));
  if (!work_done(work_subject(header.header), header.header.nonce(), rules_.work_bits)) {
      return fail(ErrorCode::refused, fmt::format("block {} lacks {} bits of proof-of-work",
                                                  header.header.name(), rules_.work_bits));
    }
    parsed.push_back(std::move(header));
  }
  if (verifier_) TRY_STATUS(check_signatures(*verifier_, parsed, blocks));
  for (const auto& block : parsed) {
    switch (dag_.add(block.id, block.depends_on)) {
      case DagAdd::added: break;
      case DagAdd::already_known:
        return fail(ErrorCode::already_exists,
                    fmt::format("block {} was added before", block.id.hex()));
      case DagAdd::unknown_dependency:
        return fail(ErrorCode::not_found,
                    fmt::format("block {} depends on a block that is not known yet; send "
                                "dependencies first",
                                block.id.hex()));
    }
  }
  return {};
}

}  // namespace cambium::chain::models
