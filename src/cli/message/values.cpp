#include "cli/message/values.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/hex.hpp"
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/treasury/treasury.hpp"
#include "cli/amount.hpp"
#include "cli/message/units.hpp"
#include "cli/node_link.hpp"
#include "cli/signer.hpp"
#include "schema/field_put.hpp"
#include "schema/json.hpp"

namespace cambium::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t kShortestHex = 16;  // shorter ones are names

tl::unexpected<Error> wrong(const Leaf& leaf, const std::string& text) {
  return fail(ErrorCode::invalid_input,
              fmt::format("`{}` does not fit {}: {}.", text, leaf.shown, meaning_of(leaf.field())));
}

std::optional<crypto::Address> key_of_home(Invocation& call, const std::string& name) {
  const auto keys = keys_of(call);
  const auto infos = keys ? keys->list() : std::vector<node::KeyInfo>{};
  if (!infos) return std::nullopt;
  for (const auto& info : *infos) {
    if (info.name == name) return info.address;
  }
  return std::nullopt;
}

/// Anybody may call a validator anything: a name that two have says nothing.
Result<crypto::Address> validator_named(const Invocation& call, const std::string& name) {
  TRY(const auto node, node_of(call));
  std::optional<crypto::Address> found;
  client::Arguments page{{"limit", "100"}, {"chain", chain_of(call)}};
  for (;;) {
    TRY(const auto reply, node.get("/consensus/validators", page));
    for (const auto& item : client::child_at(reply, "items")) {
      if (client::text_at(item, "moniker") != name) continue;
      if (found) {
        return fail(ErrorCode::refused,
                    fmt::format("Several validators call themselves `{}`; name one by its "
                                "address, `cambium validator list` shows them.", name));
      }
      found = crypto::Address::from_text(client::text_at(item, "operator"));
    }
    const auto next = client::text_at(reply, "next");
    if (next.empty()) break;
    page["before"] = next;
  }
  if (found) return *found;
  return fail(ErrorCode::not_found,
              fmt::format("`{}` is no address (cbm1...), no key of this home (`cambium key list`) "
                          "and no validator's name (`cambium validator list`).", name));
}

Result<std::string> bytes_of(Invocation& call, const std::string& text) {
  const auto hex = text.size() >= kShortestHex ? from_hex(text) : std::nullopt;
  if (hex) return to_string(*hex);
  TRY(const auto address, account_named(call, text));
  return to_string(address);
}

template <class T>
Result<T> whole(const Leaf& leaf, const std::string& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) return value;
  return wrong(leaf, text);
}

/// 64-bit numbers have their unit in the field's name.
Result<std::uint64_t> number(const Invocation& call, const Leaf& leaf, const std::string& text) {
  const std::string& name = leaf.field().name();
  if (name.ends_with("_ucbm")) {
    TRY(const auto amount, parse_amount(text));
    return amount.ucbm;
  }
  if (name.ends_with("nano")) return parse_share_nano(text);
  if (!name.ends_with("_ms")) return whole<std::uint64_t>(leaf, text);
  TRY(const auto ms, parse_time_ms(text, call.clock));
  return static_cast<std::uint64_t>(ms);
}

/// "ed25519:HEX" or the name of a key of this home.
Status put_key(Invocation& call, Message& key, const Leaf& leaf, const std::string& text) {
  std::string type;
  std::string bytes;
  for (const char* known : {"ed25519", "secp256k1"}) {
    if (!text.starts_with(std::string(known) + ":")) continue;
    type = known;
    bytes = text.substr(type.size() + 1);
  }
  if (type.empty()) {
    TRY(const auto keys, keys_of(call));
    TRY(const auto infos, keys.list());
    for (const auto& info : infos) {
      if (info.name != text) continue;
      type = info.key.type == crypto::KeyType::ed25519 ? "ed25519" : "secp256k1";
      bytes = to_hex(info.key.bytes);
    }
  }
  if (type.empty()) return wrong(leaf, text);
  const auto name = type == "ed25519" ? "KEY_TYPE_ED25519" : "KEY_TYPE_SECP256K1";
  return schema::from_json(fmt::format(R"({{"type":"{}","bytes":"{}"}})", name, bytes), key);
}

/// "alice:2:a note": the fields of a message in their order; or its JSON.
Status put_parts(Invocation& call, Message& item, const Leaf& leaf, const std::string& text) {
  if (text.starts_with('{')) return schema::from_json(text, item);
  const auto inside = leaves(*item.GetDescriptor());
  std::size_t from = 0;
  for (std::size_t i = 0; i < inside.size() && from <= text.size(); ++i) {
    const bool last = i + 1 == inside.size();
    const auto end = last ? text.size() : std::min(text.find(':', from), text.size());
    const auto part = text.substr(from, end - from);
    if (!part.empty()) TRY_STATUS(put_text(call, item, inside[i], part));
    from = end + 1;
  }
  return from > text.size() ? Status{} : wrong(leaf, text);
}

Status put_message(Invocation& call, Message& in, const Leaf& leaf, const std::string& text) {
  const auto* r = in.GetReflection();
  const auto* f = &leaf.field();
  Message& item = f->is_repeated() ? *r->AddMessage(&in, f) : *r->MutableMessage(&in, f);
  return f->is_repeated() ? put_parts(call, item, leaf, text) : put_key(call, item, leaf, text);
}

Status put_scalar(Invocation& call, Message& m, const Leaf& leaf, const std::string& text) {
  const auto* f = &leaf.field();
  const schema::FieldPut put(m, *f);
  using R = Reflection;
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_UINT32: {
      TRY(const auto value, whole<std::uint32_t>(leaf, text));
      put(&R::SetUInt32, &R::AddUInt32, value);
      return {};
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      TRY(const auto value, number(call, leaf, text));
      put(&R::SetUInt64, &R::AddUInt64, value);
      return {};
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      TRY(const auto value, number(call, leaf, text));
      put(&R::SetInt64, &R::AddInt64, static_cast<std::int64_t>(value));
      return {};
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return wrong(leaf, text);
      put(&R::SetBool, &R::AddBool, text == "true");
      return {};
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = choice_named(*f, text);
      if (value == nullptr) return wrong(leaf, text);
      put(&R::SetEnumValue, &R::AddEnumValue, value->number());
      return {};
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value = text;
      if (f->type() == FieldDescriptor::TYPE_BYTES) {
        TRY(value, bytes_of(call, text));
      }
      put(&R::SetString, &R::AddString, std::move(value));
      return {};
    }
    default: return wrong(leaf, text);
  }
}

}  // namespace

Result<crypto::Address> account_named(Invocation& call, const std::string& text) {
  if (const auto address = crypto::Address::from_text(text)) return *address;
  if (const auto key = key_of_home(call, text)) return *key;
  if (text == "governance") return chain::governance::governance_account();
  if (text == "treasury") return chain::treasury::treasury_account();
  return validator_named(call, text);
}

Status put_text(Invocation& call, Message& message, const Leaf& leaf, const std::string& text) {
  Message* at = &message;
  for (std::size_t i = 0; i + 1 < leaf.path.size(); ++i) {
    at = at->GetReflection()->MutableMessage(at, leaf.path[i]);
  }
  if (leaf.field().message_type() != nullptr) return put_message(call, *at, leaf, text);
  return put_scalar(call, *at, leaf, text);
}

void put_in_order(Message& message) {
  const auto* r = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  r->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (!field->is_repeated()) continue;
    const auto* first = field->message_type() != nullptr ? field->message_type()->field(0) : field;
    if (first->type() != FieldDescriptor::TYPE_BYTES) continue;
    const auto name_of = [&](int i) {
      if (field == first) return r->GetRepeatedString(message, field, i);
      const auto& item = r->GetRepeatedMessage(message, field, i);
      return item.GetReflection()->GetString(item, first);
    };
    constexpr std::size_t kAddress = 20;
    const int size = r->FieldSize(message, field);
    for (int i = 0; i < size; ++i) {  // few: an insertion sort keeps equal ones where they are
      if (name_of(i).size() != kAddress) break;
      for (int j = i; j > 0 && name_of(j) < name_of(j - 1); --j) {
        r->SwapElements(&message, field, j, j - 1);
      }
    }
  }
}

}  // namespace cambium::cli
