// The module's state, and how other modules send packets.
#pragma once

#include <string>

#include "cambium/interchain/v1/interchain.pb.h"
#include "chain/modules/interchain/packet.hpp"
#include "chain/table.hpp"

namespace cambium::chain::interchain {

inline constexpr Table<pb::Params> kPacketParams{TableId{kInterchainPrefix, 1}};
inline constexpr Table<pb::Client, std::string> kClients{TableId{kInterchainPrefix, 2}};
/// (client, height of the header)
inline constexpr Table<pb::ConsensusState, std::string, std::uint64_t> kConsensus{
    TableId{kInterchainPrefix, 3}};
/// (client, sequence): sent, not yet acknowledged or timed out.
inline constexpr Table<pb::Packet, std::string, std::uint64_t> kSent{TableId{kInterchainPrefix, 4}};
/// (client, sequence): the bytes behind a committed acknowledgement.
inline constexpr Table<pb::Acknowledgements, std::string, std::uint64_t> kAcks{
    TableId{kInterchainPrefix, 5}};

/// A packet of one payload, to the other end of `client`.
struct Outgoing {
  std::string client;
  std::string port;      // the same name on both sides
  std::string encoding;  // "application/x-protobuf" where empty
  Bytes value;
};
/// Commits the packet under the client's next sequence; it times out as the parameters say.
TxStatus send(Context& ctx, const Outgoing& outgoing);

/// What a light client knows at a height: `client_frozen`, `consensus_unknown` otherwise.
struct Trusted {
  pb::Client client;
  pb::ConsensusState state;
};
tl::expected<Trusted, TxStatus> trusted(const ReadContext& ctx, const std::string& client,
                                        std::uint64_t height);

/// Checks a state proof against the trusted root; costs gas by its size.
struct ProofClaim {
  const std::string& proof;
  Bytes key;
  std::optional<Bytes> value;  // nothing: the key is absent
};
TxStatus check_proof(const ReadContext& ctx, const Trusted& trusted, const ProofClaim& claim);

}  // namespace cambium::chain::interchain
