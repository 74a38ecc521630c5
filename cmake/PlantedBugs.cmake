# Switches the planted bugs on in the files that have one, and in no other, so that everything else
# is the same object as in the dev build.
file(GLOB_RECURSE sources ${CMAKE_SOURCE_DIR}/src/*.cpp ${CMAKE_SOURCE_DIR}/sim/*.cpp)
foreach(source IN LISTS sources)
  file(STRINGS ${source} found REGEX "base/planted_bug.hpp" LIMIT_COUNT 1)
  if(found)
    set_source_files_properties(${source} DIRECTORY src/chain src/engine sim
      PROPERTIES COMPILE_DEFINITIONS CAMBIUM_PLANTED_BUGS)
  endif()
endforeach()
