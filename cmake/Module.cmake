# add_module(<name> LEVEL <n> [DEPS <modules>] [LIBS <targets>] [TEST_LIBS <targets>]
#            [EXCEPT <regex>])
#
# One folder becomes one library `cambium_<name>` plus, from its *_test.cpp files, one test binary
# `<name>_test`. A dependency on a module of the same or a higher level stops the configuration:
# levels point downward only. Include paths are granted per dependency, and tools/tidy checks
# that every #include names a listed folder.
function(add_module name)
  cmake_parse_arguments(M "" "LEVEL;EXCEPT" "DEPS;LIBS;TEST_LIBS" ${ARGN})
  if(NOT DEFINED M_LEVEL)
    message(FATAL_ERROR "module ${name}: LEVEL is missing")
  endif()
  set_property(GLOBAL PROPERTY cambium_level_${name} ${M_LEVEL})
  foreach(dep IN LISTS M_DEPS)
    get_property(dep_level GLOBAL PROPERTY cambium_level_${dep})
    if(NOT DEFINED dep_level)
      message(FATAL_ERROR "module ${name}: dependency ${dep} is not known yet")
    elseif(NOT dep_level LESS M_LEVEL)
      message(FATAL_ERROR
        "module ${name} (level ${M_LEVEL}) may not use ${dep} (level ${dep_level})")
    endif()
  endforeach()

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(M_EXCEPT)  # sources of another target
    list(FILTER sources EXCLUDE REGEX "${M_EXCEPT}")
  endif()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_(test|fuzz)|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM M_DEPS PREPEND cambium_ OUTPUT_VARIABLE dep_targets)

  if(sources)
    add_library(cambium_${name} STATIC ${sources})
    target_link_libraries(cambium_${name} PUBLIC ${dep_targets} ${M_LIBS} PRIVATE cambium_warnings)
    target_include_directories(cambium_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  else()
    add_library(cambium_${name} INTERFACE)
    target_link_libraries(cambium_${name} INTERFACE ${dep_targets} ${M_LIBS})
    target_include_directories(cambium_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE
      cambium_${name} ${M_TEST_LIBS} cambium_warnings GTest::gtest GTest::gmock GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  endif()
  if(CAMBIUM_HEADER_CHECKS)
    cambium_header_checks(${name})
  endif()
endfunction()

# Compiles each header of the current folder alone, so that none leans on its includer.
function(cambium_header_checks name)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  set(units)
  foreach(header IN LISTS headers)
    file(RELATIVE_PATH rel ${CMAKE_SOURCE_DIR}/src ${header})
    string(REPLACE "/" "_" flat ${rel})
    set(unit ${CMAKE_CURRENT_BINARY_DIR}/alone/${flat}.cpp)
    file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${rel}\"\n#include \"${rel}\"\n")
    list(APPEND units ${unit})
  endforeach()
  if(units)
    add_library(${name}_headers OBJECT ${units})
    target_link_libraries(${name}_headers PRIVATE cambium_${name} cambium_warnings)
  endif()
endfunction()
