// How a record becomes the value of a state entry.
#pragma once

#include <google/protobuf/message.h>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::chain {

/// The canonical encoding; a record of nothing but defaults, whose encoding is empty, is the one
/// byte 0x00, because ICS-23 cannot prove an empty value. No record encodes to that byte.
Bytes encode_record(const google::protobuf::Message& record);
/// The inverse; `invalid_input` for anything else, an empty value included.
Status decode_record(ByteView value, google::protobuf::Message& record);
/// As above for a value that this kernel encoded itself and that its state root covers: the
/// encoding is not compared again, which is most of the work.
Status read_record(ByteView value, google::protobuf::Message& record);

}  // namespace cambium::chain
