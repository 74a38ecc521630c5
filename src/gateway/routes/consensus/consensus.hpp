// What the endpoints under /consensus share: whom they ask, and what they say of a validator.
#pragma once

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

/// The chain that ?chain= names; the one that holds the stake when it is left out.
Result<engine::Engine*> staked_chain(Services& services, const Request& request);

/// A module's answer. A chain without the module is a `not_found` that names the modules it has.
Result<Json> ask(engine::Engine& chain, chain::QueryName query,
                 const Json& arguments = Json::object());
/// The same with its proof: {"result", "key", "proof"}.
Result<Json> ask_proven(engine::Engine& chain, chain::QueryName query, const Json& arguments);

/// The text of an address, checked. `field` says in the refusal what it names.
Result<std::string> address_param(const Request& request, const char* field);

/// One row of the table of validators: what the stake says of it and how it signed.
Result<Json> validator_row(engine::Engine& chain, const Json& reply);

/// Offences and slashes of one validator, as one list, newest first.
Result<Json> penalties_of(engine::Engine& chain, const std::string& account);

/// Every validator's answer, page by page, at most `kMostValidators`.
inline constexpr std::size_t kMostValidators = 1'000;
Result<Json> all_validators(engine::Engine& chain, const std::string& status);

inline const std::pair<std::string, std::string> kChainHelp = {
    "chain", "which chain; `utility` when it is left out"};

}  // namespace cambium::gateway
