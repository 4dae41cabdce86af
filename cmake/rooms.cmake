# How a room of the house is declared: one library, and one test program beside it.

include(GoogleTest)

# bwcheck_room(NAME [SOURCES FILE...] [USES LIBRARY...] [TALKS])
# A room without sources is header-only. TALKS: it reads, writes and waits for others rather than computing, so compiling
# it fast is worth more than running it fast.
function(bwcheck_room name)
  cmake_parse_arguments(ROOM "TALKS" "" "SOURCES;USES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(bwcheck_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(bwcheck_${name} PUBLIC bwcheck_flags ${ROOM_USES})
    if(ROOM_TALKS)
      target_compile_options(bwcheck_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    endif()
  else()
    add_library(bwcheck_${name} INTERFACE)
    target_link_libraries(bwcheck_${name} INTERFACE bwcheck_flags ${ROOM_USES})
  endif()
endfunction()

# What every test begins with, compiled once for tests that loop and once for those that do not.
file(WRITE ${PROJECT_BINARY_DIR}/test_headers.cpp "")
foreach(kind looping plain)
  add_library(${kind}_test_headers OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/test_headers.cpp)
  target_link_libraries(${kind}_test_headers PRIVATE bwcheck_flags fmt::fmt nlohmann_json::nlohmann_json GTest::gmock)
  if(BWCHECK_PRECOMPILE)
    target_precompile_headers(${kind}_test_headers PRIVATE
      <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp> <algorithm> <filesystem> <fstream> <map> <sstream>)
  endif()
endforeach()
target_compile_options(plain_test_headers PRIVATE $<$<CONFIG:Release>:-O0>)

# bwcheck_test(NAME SOURCES FILE... [USES LIBRARY...] [LOOPS])
# Every TEST() becomes a CTest test of its own, named NAME.Suite.Case. Most tests only call what the libraries have
# optimised, and cost more to compile than to run; LOOPS: this one has work of its own. The time limit ends what hangs, on
# the slowest machine as well.
function(bwcheck_test name)
  cmake_parse_arguments(TEST "LOOPS" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE bwcheck_flags ${TEST_USES} GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF) # two tests may well call something by the same name
  set(kind looping)
  if(NOT TEST_LOOPS)
    set(kind plain)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  endif()
  if(BWCHECK_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM ${kind}_test_headers)
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 600 PROPERTIES TIMEOUT 3600)
endfunction()
