# How a room of the house is declared: one library, and one test program beside it.

include(GoogleTest)

# What nearly every file includes, compiled once for each way of compiling. .ci/run headers shows that headers do without.
file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
function(bwcheck_precompiled kind)
  add_library(${kind}_headers OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(${kind}_headers PRIVATE bwcheck_flags fmt::fmt nlohmann_json::nlohmann_json)
  if(BWCHECK_PRECOMPILE)
    target_precompile_headers(${kind}_headers PRIVATE ${ARGN})
  endif()
endfunction()
set(room_headers
    <fmt/format.h> <fmt/ranges.h> <nlohmann/json.hpp> <algorithm> <filesystem> <fstream> <functional> <map> <optional>
    <set> <sstream> <thread> <variant>)
bwcheck_precompiled(room ${room_headers})
bwcheck_precompiled(talking_room ${room_headers})
target_compile_options(talking_room_headers PRIVATE $<$<CONFIG:Release>:-O1>)
bwcheck_precompiled(looping_test <gmock/gmock.h> <gtest/gtest.h> ${room_headers})
bwcheck_precompiled(plain_test <gmock/gmock.h> <gtest/gtest.h> ${room_headers})
target_link_libraries(looping_test_headers PRIVATE GTest::gmock)
target_compile_options(looping_test_headers PRIVATE $<$<CONFIG:Release>:-O1>)
target_link_libraries(plain_test_headers PRIVATE GTest::gmock)
target_compile_options(plain_test_headers PRIVATE $<$<CONFIG:Release>:-O0>)

# bwcheck_room(NAME [SOURCES FILE...] [USES LIBRARY...] [TALKS])
# A room without sources is header-only. TALKS: it reads, writes and waits for others rather than computing, so compiling
# it fast is worth more than running it fast.
function(bwcheck_room name)
  cmake_parse_arguments(ROOM "TALKS" "" "SOURCES;USES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(bwcheck_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(bwcheck_${name} PUBLIC bwcheck_flags ${ROOM_USES})
    set(kind room)
    if(ROOM_TALKS)
      set(kind talking_room)
      target_compile_options(bwcheck_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    endif()
    if(BWCHECK_PRECOMPILE AND NOT name STREQUAL revisions) # those have a header of their own
      target_precompile_headers(bwcheck_${name} REUSE_FROM ${kind}_headers)
    endif()
  else()
    add_library(bwcheck_${name} INTERFACE)
    target_link_libraries(bwcheck_${name} INTERFACE bwcheck_flags ${ROOM_USES})
  endif()
endfunction()

# bwcheck_test(NAME SOURCES FILE... [USES LIBRARY...] [LOOPS])
# Every TEST() becomes a CTest test of its own, named NAME.Suite.Case. Tests cost more to compile than to run: most
# only call what the libraries have optimised; LOOPS: this one has work of its own. The time limit ends what hangs, on
# the slowest machine as well.
function(bwcheck_test name)
  cmake_parse_arguments(TEST "LOOPS" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE bwcheck_flags ${TEST_USES} GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE -Wno-dangling-else) # macros of GoogleTest have an else of their own
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF) # two tests may well call something by the same name
  if(TEST_LOOPS)
    set(kind looping)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  else()
    set(kind plain)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  endif()
  if(BWCHECK_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM ${kind}_test_headers)
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 600 PROPERTIES TIMEOUT 3600)
endfunction()
