// Typed entries over the flat state: Table<Value, Parts...> maps a key made of parts to a
// protobuf record. The key is [module byte][table byte][parts], so that one prefix lists a table.
#pragma once

#include <tuple>
#include <utility>

#include "chain/context.hpp"
#include "chain/convert.hpp"
#include "chain/keys.hpp"
#include "chain/record.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {

template <class Value, class... Parts>
class Table {
 public:
  using Key = std::tuple<Parts...>;

  constexpr explicit Table(TableId id) : id_(id) {}

  Bytes key(const Key& parts) const {
    return std::apply([&](const auto&... part) { return prefix(part...); }, parts);
  }
  /// The key prefix shared by all entries whose first parts are these.
  template <class... Leading>
  Bytes prefix(const Leading&... leading) const {
    Bytes out;
    out.reserve(2 + 36 * sizeof...(Parts));
    out.push_back(id_.module);
    out.push_back(id_.table);
    [[maybe_unused]] std::size_t left = sizeof...(Parts);
    (append_part(out, leading, --left == 0), ...);
    return out;
  }

  std::optional<Value> get(const ReadContext& ctx, const Key& parts) const {
    const auto bytes = ctx.get(key(parts));
    return bytes ? std::optional<Value>(decoded(*bytes)) : std::nullopt;
  }
  /// An absent entry reads as all defaults.
  Value get_or_default(const ReadContext& ctx, const Key& parts) const {
    return get(ctx, parts).value_or(Value{});
  }
  bool has(const ReadContext& ctx, const Key& parts) const { return ctx.has(key(parts)); }
  void put(Context& ctx, const Key& parts, const Value& value) const {
    ctx.put(key(parts), encode_record(value));
  }
  void erase(Context& ctx, const Key& parts) const { ctx.erase(key(parts)); }

  /// Visits entries below a prefix made by `prefix(...)`, in key order.
  /// `visit(const Key&, const Value&) -> ScanStep`.
  template <class Visit>
  void scan(const ReadContext& ctx, const Bytes& below, Visit&& visit) const {
    scan(ctx, state::Range{below, {}}, std::forward<Visit>(visit));
  }
  /// As above, but only keys after `range.start_after`: how a bounded step goes on.
  template <class Visit>
  void scan(const ReadContext& ctx, state::Range range, Visit&& visit) const {
    ctx.scan(range, [&](ByteView key, ByteView value) {
      return visit(parse(key), decoded(value));
    });
  }

  /// The parts of a full key; the key must be of this table.
  Key parse(ByteView key) const {
    ByteView rest = key.subspan(2);
    return take_all(rest, std::index_sequence_for<Parts...>{});
  }
  static Value decoded(ByteView bytes) {
    Value value;
    CHECK(read_record(bytes, value), "a stored record does not decode as its table's type");
    return value;
  }

  /// How explorers label and decode entries: `kBalances.info("balance")`.
  TableInfo info(std::string_view label) const {
    return {id_, label, Value::descriptor(), {part_kind<Parts>()...}};
  }
  TableId id() const { return id_; }

 private:
  template <std::size_t... I>
  static Key take_all([[maybe_unused]] ByteView& rest, std::index_sequence<I...>) {
    return Key{take_part<Parts>(rest, I + 1 == sizeof...(Parts))...};  // braces fix the order
  }

  TableId id_;
};

}  // namespace cambium::chain
