# cambium_protos(<target>): generates C++ from every file under proto/ into one library.
function(cambium_protos target)
  set(root ${CMAKE_SOURCE_DIR}/proto)
  set(out ${CMAKE_BINARY_DIR}/proto)
  file(MAKE_DIRECTORY ${out})
  file(GLOB_RECURSE protos CONFIGURE_DEPENDS ${root}/*.proto)
  set(generated)
  foreach(proto IN LISTS protos)
    file(RELATIVE_PATH rel ${root} ${proto})
    string(REGEX REPLACE "\\.proto$" "" stem ${rel})
    set(stem ${out}/${stem})
    # Every file depends on all protos: imports are few and this is always right.
    add_custom_command(OUTPUT ${stem}.pb.cc ${stem}.pb.h
      COMMAND protobuf::protoc --proto_path=${root} --cpp_out=${out} ${proto}
      DEPENDS ${protos} VERBATIM)
    list(APPEND generated ${stem}.pb.cc)
  endforeach()
  add_library(${target} STATIC ${generated})
  target_include_directories(${target} SYSTEM PUBLIC ${out})
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()
