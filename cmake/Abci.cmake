# Target cambium_abci: C++ messages of CometBFT's application interface, generated from the protos
# of the pinned Go modules. They stay in the module cache, where `tools/setup build` puts them.
set(CAMBIUM_COMETBFT_VERSION v0.40.0)
set(CAMBIUM_GOGOPROTO_VERSION v1.7.2)
set(CAMBIUM_GO_MODULES "" CACHE PATH "Go module cache; empty looks where Go itself would")

# The first folder that exists wins, as `go env GOMODCACHE` would name it.
function(cambium_go_module out path)
  foreach(root IN ITEMS "${CAMBIUM_GO_MODULES}" "$ENV{GOMODCACHE}" "$ENV{GOPATH}/pkg/mod"
                        "$ENV{HOME}/go/pkg/mod")
    if(root AND EXISTS "${root}/${path}")
      set(${out} "${root}/${path}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "the Go module ${path} was not found: run `tools/setup build`, which "
                      "fetches it, or name its cache with -DCAMBIUM_GO_MODULES=FOLDER")
endfunction()

function(cambium_abci_protos target)
  cambium_go_module(comet github.com/cometbft/cometbft@${CAMBIUM_COMETBFT_VERSION})
  cambium_go_module(gogo github.com/cosmos/gogoproto@${CAMBIUM_GOGOPROTO_VERSION})
  set(out ${CMAKE_BINARY_DIR}/abci)
  file(MAKE_DIRECTORY ${out})
  set(generated)
  foreach(stem IN ITEMS gogoproto/gogo tendermint/abci/types tendermint/crypto/keys
                        tendermint/crypto/proof tendermint/types/canonical tendermint/types/params
                        tendermint/types/types
                        tendermint/types/validator tendermint/version/types)
    set(root ${comet}/proto)
    if(stem STREQUAL "gogoproto/gogo")
      set(root ${gogo})
    endif()
    add_custom_command(OUTPUT ${out}/${stem}.pb.cc ${out}/${stem}.pb.h
      COMMAND protobuf::protoc --proto_path=${comet}/proto --proto_path=${gogo}
              --cpp_out=${out} ${root}/${stem}.proto
      DEPENDS ${root}/${stem}.proto VERBATIM)
    list(APPEND generated ${out}/${stem}.pb.cc)
  endforeach()
  add_library(${target} STATIC ${generated})
  target_include_directories(${target} SYSTEM PUBLIC ${out})
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()

cambium_abci_protos(cambium_abci)
