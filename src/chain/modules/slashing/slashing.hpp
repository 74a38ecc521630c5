// What validators answer for, and the facts that others bring.
#pragma once

#include <vector>

#include "base/amount.hpp"
#include "chain/modules/slashing/tables.hpp"

namespace cambium::chain::slashing {

/// What an offence costs (B/CONS-05).
struct Penalty {
  Ratio fraction;
  std::int64_t ban_ms = 0;
};
Penalty penalty_of(const pb::Params& params, pb::Offence::Kind kind);

struct Verdict {
  Address validator;  // the operator
  pb::Offence::Kind kind = pb::Offence::UNSPECIFIED;
  Height infraction;  // later ones than the running block count as this one
};
/// Slashes, jails and records; needs the right to burn. The caller has made sure that this act has
/// not been punished before. In block-end work, tell the staking module to update the active set
/// afterwards.
void punish(Context& ctx, const Verdict& verdict);

/// Whether evidence of that time may still be brought.
bool too_old(const ReadContext& ctx, TimeMs infraction);

/// Whoever runs the chain on vote extensions reports these for each block; without reports nobody
/// is accused.
using chain::InclusionFacts;
/// Counts what was left out: a transaction that stays seen and is left out of three blocks in a
/// row of one proposer which had room is an occasion; twenty within the age of evidence are
/// censorship. Looks at no more than 2000 transactions; writes only while something is left out.
/// Needs the right to burn; when it punished, the active set is to be updated.
enum class Observed : std::uint8_t { nobody, punished };
Observed observe_inclusion(Context& ctx, const InclusionFacts& facts);

void fill_defaults(pb::Params& params);
/// Why governance may not set these; nothing when it may.
std::optional<std::string> why_not(const pb::Params& before, const pb::Params& after);

}  // namespace cambium::chain::slashing
