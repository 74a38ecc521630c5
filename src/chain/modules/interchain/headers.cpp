#include "chain/modules/interchain/headers.hpp"

#include "chain/block.hpp"

namespace cambium::chain::interchain {

tl::expected<v1::Header, TxStatus> checked_header(
    const ReadContext& ctx, const cambium::interchain::v1::Client& client,
    const cambium::interchain::v1::SignedHeader& header) {
  constexpr std::uint64_t kGasPerHeader = 3'000;
  ctx.charge(kGasPerHeader);
  v1::SignedHeader item;
  item.set_header(header.header());
  item.set_signature(header.signature());
  const auto verified = verify_header(item, ctx.verifier());
  const bool ours = verified && verified->chain_id() == client.chain_id() &&
                    std::uint32_t(verified->proposer().type()) == client.operator_key_type() &&
                    verified->proposer().bytes() == client.operator_key() &&
                    verified->state_root().size() == 32;
  if (!ours) return tl::unexpected(TxStatus::header_invalid);
  return *verified;
}

}  // namespace cambium::chain::interchain
