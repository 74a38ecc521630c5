# Compiler, linker and cache settings shared by every target.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()

# Contraction to fused multiply-add would make losses differ between machines, and the
# evaluation kernel promises identical bits; it is off for all code so nobody has to remember.
add_compile_options(-ffp-contract=off)
if(CAMBIUM_SANITIZE)
  add_compile_options(-fsanitize=${CAMBIUM_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CAMBIUM_SANITIZE})
endif()

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Protobuf REQUIRED)
find_package(GTest REQUIRED)

# Warnings are errors in our own code only, so they are attached to our targets and not global.
add_library(cambium_warnings INTERFACE)
target_compile_options(cambium_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror
  -Wno-missing-field-initializers)  # designated initialisers leave the defaults on purpose
# At -O3 g++ 12 imagines impossible lengths inside std::vector itself; its bugs, not ours. The same
# warnings still guard the builds at -O2 and those of clang.
foreach(imagined stringop-overread stringop-overflow array-bounds restrict)
  target_compile_options(cambium_warnings INTERFACE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-${imagined}>)
endforeach()
