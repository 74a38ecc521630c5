#include "engine/relayer.hpp"

#include "chain/modules/interchain/interchain.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

namespace ic = chain::interchain;
namespace pb = cambium::interchain::v1;

/// Packets per transaction: their proofs must stay below the transaction size limit.
constexpr std::size_t kBatch = 16;

pb::SignedHeader to_header(const chain::v1::SignedHeader& header) {
  pb::SignedHeader out;
  out.set_header(header.header());
  out.set_signature(header.signature());
  return out;
}

template <class Value, class Table, class Key>
std::optional<Value> read(const state::View& view, const Table& table, const Key& key) {
  auto bytes = view.get(table.key(key));
  if (!bytes) return std::nullopt;
  return table.decoded(*bytes);
}

/// Packets sent through `client` that are neither acknowledged nor timed out.
std::vector<pb::Packet> unanswered(const state::View& view, const std::string& client) {
  std::vector<pb::Packet> out;
  const Bytes prefix = ic::kSent.prefix(client);
  view.scan({prefix, {}}, [&](ByteView, ByteView value) {
    out.push_back(ic::kSent.decoded(value));
    return out.size() < kBatch;
  });
  return out;
}

/// One transaction that shows `to` something proven at a height of `from`.
class Batch {
 public:
  /// `height` is of the header that carries the proven state's root.
  Batch(const Engine& from, ChannelEnd& to, Height height) : from_(from), to_(to), at_(height) {}

  Result<std::string> proof(const Bytes& key) const {
    TRY(auto proven, from_.prove_at(key, {at_.value - 1}));
    return to_string(proven.proof);
  }
  Height height() const { return at_; }
  pb::Msg& add() { return *msgs_.emplace_back().mutable_interchain(); }
  bool empty() const { return msgs_.empty(); }

  /// Puts the header in front when the client does not have it, and queues all.
  Result<TxId> queue() {
    TRY(auto view, to_.sender.engine().state_at());
    std::vector<TxMsg> msgs;
    if (!read<pb::ConsensusState>(view, ic::kConsensus, std::tuple(to_.client, at_.value))) {
      TRY(auto block, from_.block(at_));
      auto* update = msgs.emplace_back().mutable_interchain()->mutable_update_client();
      update->set_sender(to_.sender.sender());
      update->set_client(to_.client);
      *update->mutable_header() = to_header(block->signed_header);
    }
    msgs.insert(msgs.end(), msgs_.begin(), msgs_.end());
    TRY(auto nonce, next_nonce(to_.sender.engine(), to_.sender.address()));
    return to_.sender.queue(std::move(msgs), nonce);
  }

 private:
  const Engine& from_;
  ChannelEnd& to_;
  Height at_;
  std::vector<TxMsg> msgs_;
};

/// Before its first block a chain has no header that proves anything.
bool has_block(const Engine& engine) {
  const Height height = engine.status().height;
  return height.value >= 1 && engine.block(height).has_value();
}

/// Both chains as they stand, and the newest states that headers prove.
struct Scene {
  state::HeightView from_now, to_now;
  state::HeightView from_proven, to_proven;
  Height from_header, to_header;
};

Result<Scene> look(const Engine& from, const Engine& to) {
  const Height f = from.status().height, t = to.status().height;
  TRY(auto from_now, from.state_at(f));
  TRY(auto to_now, to.state_at(t));
  TRY(auto from_proven, from.state_at(Height{f.value - 1}));
  TRY(auto to_proven, to.state_at(Height{t.value - 1}));
  return Scene{std::move(from_now), std::move(to_now), std::move(from_proven),
               std::move(to_proven), f, t};
}

Status deliver(const Scene& scene, const ChannelEnd& to, const pb::Packet& packet, Batch& batch,
               Relayed& done) {
  const ic::PacketRef sent{packet.source_client(), packet.sequence()};
  const Bytes key = ic::path_key(ic::Path::commitment, sent);
  if (!scene.from_proven.get(key)) {
    done.needs_header = true;
    return {};
  }
  auto* receive = batch.add().mutable_recv_packet();
  receive->set_sender(to.sender.sender());
  *receive->mutable_packet() = packet;
  TRY(*receive->mutable_proof(), batch.proof(key));
  receive->set_proof_height(batch.height().value);
  ++done.delivered;
  return {};
}

Status acknowledge(const Scene& scene, const ChannelEnd& from, const pb::Packet& packet,
                   Batch& batch, Relayed& done) {
  const ic::PacketRef got{packet.destination_client(), packet.sequence()};
  const Bytes key = ic::path_key(ic::Path::acknowledgement, got);
  auto acks = read<pb::Acknowledgements>(scene.to_now, ic::kAcks,
                                         std::tuple(got.client, got.sequence));
  if (!acks || !scene.to_proven.get(key)) {
    done.needs_header = true;
    return {};
  }
  auto* back = batch.add().mutable_acknowledge();
  back->set_sender(from.sender.sender());
  *back->mutable_packet() = packet;
  *back->mutable_acknowledgements() = acks->items();
  TRY(*back->mutable_proof(), batch.proof(key));
  back->set_proof_height(batch.height().value);
  ++done.acknowledged;
  return {};
}

Status time_out(const ChannelEnd& from, const pb::Packet& packet, Batch& batch, Relayed& done) {
  const ic::PacketRef ref{packet.destination_client(), packet.sequence()};
  auto* timeout = batch.add().mutable_timeout();
  timeout->set_sender(from.sender.sender());
  *timeout->mutable_packet() = packet;
  TRY(*timeout->mutable_proof(), batch.proof(ic::path_key(ic::Path::receipt, ref)));
  timeout->set_proof_height(batch.height().value);
  ++done.timed_out;
  return {};
}

}  // namespace

Result<Relayed> relay_step(ChannelEnd& from, ChannelEnd& to, TimeMs now) {
  Relayed done;
  Engine& source = from.sender.engine();
  Engine& sink = to.sender.engine();
  if (!has_block(source) || !has_block(sink)) return done;
  TRY(auto scene, look(source, sink));
  Batch forward(source, to, scene.from_header);
  Batch back(sink, from, scene.to_header);
  for (const auto& packet : unanswered(scene.from_now, from.client)) {
    const ic::PacketRef ref{packet.destination_client(), packet.sequence()};
    const bool arrived = scene.to_now.get(ic::path_key(ic::Path::receipt, ref)).has_value();
    const bool late = static_cast<std::uint64_t>(now.value / 1000) >= packet.timeout_timestamp_s();
    if (arrived) {
      TRY_STATUS(acknowledge(scene, from, packet, back, done));
    } else if (late) {
      TRY_STATUS(time_out(from, packet, back, done));
    } else {
      TRY_STATUS(deliver(scene, to, packet, forward, done));
    }
  }
  for (Batch* batch : {&forward, &back}) {
    if (batch->empty()) continue;
    TRY(auto id, batch->queue());
    done.queued.push_back({&(batch == &forward ? sink : source), id});
  }
  return done;
}

}  // namespace cambium::engine
