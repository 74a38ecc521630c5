# Target cambium_native: the Rust static library of native/ with its C header.
#
# All presets share one cargo target directory, so the library is compiled once; cargo itself
# decides what is out of date. The features are named here, not left to defaults, so that what
# is linked can be read in one place.
set(CAMBIUM_NATIVE_FEATURES tokenizer,hash,ed25519,beacon)

find_program(CARGO cargo HINTS $ENV{HOME}/.cargo/bin)
if(NOT CARGO)
  message(FATAL_ERROR "cargo was not found: run tools/setup, which installs Rust 1.85 or newer")
endif()

set(native_dir ${CMAKE_SOURCE_DIR}/native)
set(native_target ${native_dir}/target)
set(native_archive ${native_target}/release/libcambium_native.a)
file(GLOB_RECURSE native_sources CONFIGURE_DEPENDS ${native_dir}/src/*.rs)

# The stamp is what the generator watches: cargo leaves an archive that did not change alone, so
# nothing is linked again for a comment.
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/native.stamp
  BYPRODUCTS ${native_archive}
  COMMAND ${CMAKE_COMMAND} -E env CARGO_TARGET_DIR=${native_target}
    ${CARGO} build --quiet --release --locked --lib
    --no-default-features --features ${CAMBIUM_NATIVE_FEATURES}
  COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/native.stamp
  DEPENDS ${native_sources} ${native_dir}/Cargo.toml ${native_dir}/Cargo.lock
  WORKING_DIRECTORY ${native_dir}
  COMMENT "Building native/ with cargo"
  VERBATIM)
add_custom_target(cambium_native_build DEPENDS ${CMAKE_BINARY_DIR}/native.stamp)

add_library(cambium_native STATIC IMPORTED GLOBAL)
set_target_properties(cambium_native PROPERTIES IMPORTED_LOCATION ${native_archive})
target_include_directories(cambium_native INTERFACE ${native_dir}/include)
target_link_libraries(cambium_native INTERFACE Threads::Threads ${CMAKE_DL_LIBS} m)
add_dependencies(cambium_native cambium_native_build)
