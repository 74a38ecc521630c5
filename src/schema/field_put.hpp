// Writing one value through a message's reflection.
#pragma once

#include <google/protobuf/message.h>

#include <utility>

namespace cambium::schema {

/// Sets a singular field or adds to a repeated one: `put(&R::SetBool, &R::AddBool, true)`, where R
/// is protobuf's Reflection and the pair fits the field's type.
class FieldPut {
 public:
  FieldPut(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field)
      : message_(message), field_(field) {}

  template <class Set, class Add, class Value>
  void operator()(Set set, Add add, Value value) const {
    const auto* reflection = message_.GetReflection();
    if (field_.is_repeated()) (reflection->*add)(&message_, &field_, std::move(value));
    else (reflection->*set)(&message_, &field_, std::move(value));
  }

 private:
  google::protobuf::Message& message_;
  const google::protobuf::FieldDescriptor& field_;
};

}  // namespace cambium::schema
