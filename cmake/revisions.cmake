# The revisions of model/revisions/registry.def, one line each. Rooms that instantiate an engine for each of them do so in
# one source file a revision, made from a template, so that they compile side by side.

file(STRINGS ${PROJECT_SOURCE_DIR}/model/revisions/registry.def BWCHECK_REVISION_LINES REGEX "^BWCHECK_REVISION")
set(BWCHECK_REVISIONS "")
foreach(line ${BWCHECK_REVISION_LINES})
  string(REGEX REPLACE "^BWCHECK_REVISION\\(([a-z0-9_]+)\\).*" "\\1" revision "${line}")
  list(APPEND BWCHECK_REVISIONS ${revision})
endforeach()
set(REVISION_INCLUDES "")
foreach(revision ${BWCHECK_REVISIONS})
  string(APPEND REVISION_INCLUDES "#include \"model/revisions/${revision}.hpp\"\n")
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/model/revisions/registry.def)

# bwcheck_sources_per_revision(TEMPLATE OUTPUT_VARIABLE)
# TEMPLATE is a .cpp.in of the calling folder, in which @REVISION@ stands for the revision's type and header.
function(bwcheck_sources_per_revision template output)
  set(sources "")
  foreach(REVISION ${BWCHECK_REVISIONS})
    string(REGEX REPLACE "\\.cpp\\.in$" "_${REVISION}.cpp" name ${template})
    configure_file(${template} ${CMAKE_CURRENT_BINARY_DIR}/${name} @ONLY)
    list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/${name})
  endforeach()
  set(${output} ${sources} PARENT_SCOPE)
endfunction()
