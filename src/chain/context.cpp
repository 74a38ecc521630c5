#include "chain/context.hpp"

namespace cambium::chain {

// A threshold round of height r is signed by votes on block r, before r+1 exists: whoever wrote the
// block that asks did not know it, and nobody can try others.
std::optional<ByteView> BlockInfo::draw(Height asked) const {
  if (beacon_kind != v1::BEACON_KIND_THRESHOLD) {
    return height > asked ? std::optional<ByteView>(beacon) : std::nullopt;
  }
  if (beacon.empty() || !(beacon_round > asked)) return std::nullopt;
  return beacon;
}

std::optional<Bytes> ReadContext::get(ByteView key) const {
  auto value = view_.get(key);
  gas_.charge(kGasPerRead + kGasPerReadByte * (key.size() + (value ? value->size() : 0)));
  return value;
}

void ReadContext::scan(state::Range range, const ScanVisitor& visit) const {
  gas_.charge(kGasPerRead);
  view_.scan(range, [&](ByteView key, ByteView value) {
    gas_.charge(kGasPerRead + kGasPerReadByte * (key.size() + value.size()));
    return !gas_.exhausted() && visit(key, value) == ScanStep::next;
  });
}

void Context::put(ByteView key, ByteView value) {
  gas_.charge(kGasPerWrite + kGasPerWriteByte * (key.size() + value.size()));
  overlay_.put(key, to_bytes(value));
}

void Context::erase(ByteView key) {
  gas_.charge(kGasPerWrite + kGasPerWriteByte * key.size());
  overlay_.erase(key);
}

void Context::emit(std::string_view type, Attributes attributes) {
  v1::Event event;
  event.set_type(std::string(type));
  for (const auto& [key, value] : attributes) {
    auto* attribute = event.add_attributes();
    attribute->set_key(std::string(key));
    attribute->set_value(value);
  }
  gas_.charge(kGasPerEventByte * event.ByteSizeLong());
  events_.push_back(std::move(event));
}

}  // namespace cambium::chain
