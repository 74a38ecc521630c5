#include "chain/status.hpp"

#include <algorithm>
#include <array>

namespace cambium::chain {
namespace {

constexpr auto kTable = std::to_array<StatusText>({
#define S(name, number, what, advice) {TxStatus::name, #name, what, advice},
#include "chain/status_table.inc"
#undef S
});

constexpr StatusText kUnknown{TxStatus::undecodable, "unknown_status",
                              "the chain's newer rules ended the transaction",
                              "update this program to read the reason"};

}  // namespace

StatusBand band(TxStatus status) {
  const auto number = static_cast<std::uint16_t>(status);
  if (number == 0) return StatusBand::ok;
  if (number < 200) return StatusBand::malformed;
  return number < 300 ? StatusBand::retry : StatusBand::failed_with_fee;
}

std::span<const StatusText> all_statuses() { return kTable; }

const StatusText& explain(TxStatus status) {
  const auto at = std::ranges::find(kTable, status, &StatusText::status);
  return at == kTable.end() ? kUnknown : *at;
}

std::string_view name(TxStatus status) { return explain(status).name; }

}  // namespace cambium::chain
