# add_fuzzer(<name> <file> LIBS <targets>): a libFuzzer program, built only with CAMBIUM_FUZZ (the
# fuzz preset: clang with address and undefined-behaviour sanitizers). Its seeds lie in
# tests/corpus/<name>/; without CAMBIUM_FUZZ the same seeds run as a plain regression test, so
# that every build replays what fuzzing once found.
function(add_fuzzer name file)
  cmake_parse_arguments(F "" "" "LIBS" ${ARGN})
  set(corpus ${CMAKE_SOURCE_DIR}/tests/corpus/${name})
  if(CAMBIUM_FUZZ)
    add_executable(${name} ${file})
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    add_test(NAME ${name} COMMAND ${name} -runs=0 ${corpus})
  else()
    add_executable(${name} ${file} ${CMAKE_SOURCE_DIR}/tests/corpus/replay_main.cpp)
    add_test(NAME ${name} COMMAND ${name} ${corpus})
  endif()
  target_link_libraries(${name} PRIVATE ${F_LIBS} cambium_warnings)
  set_tests_properties(${name} PROPERTIES TIMEOUT 120)
endfunction()

# Coverage feedback from our own libraries as well, not only from the target's file.
if(CAMBIUM_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize-recover=all)
endif()
