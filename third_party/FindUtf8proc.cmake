# Utf8proc::utf8proc. Debian ships no CMake package for utf8proc, and its pkg-config file names another version.
find_path(Utf8proc_INCLUDE_DIR utf8proc.h)
find_library(Utf8proc_LIBRARY utf8proc)
if(Utf8proc_INCLUDE_DIR)
  file(STRINGS ${Utf8proc_INCLUDE_DIR}/utf8proc.h Utf8proc_VERSION REGEX "define UTF8PROC_VERSION_(MAJOR|MINOR|PATCH) ")
  string(REGEX REPLACE "[^0-9;]*8[^0-9;]*([0-9]+)" "\\1" Utf8proc_VERSION "${Utf8proc_VERSION}")
  string(REPLACE ";" "." Utf8proc_VERSION "${Utf8proc_VERSION}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Utf8proc
  REQUIRED_VARS Utf8proc_LIBRARY Utf8proc_INCLUDE_DIR VERSION_VAR Utf8proc_VERSION)
if(Utf8proc_FOUND AND NOT TARGET Utf8proc::utf8proc)
  add_library(Utf8proc::utf8proc UNKNOWN IMPORTED)
  set_target_properties(Utf8proc::utf8proc PROPERTIES
    IMPORTED_LOCATION ${Utf8proc_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Utf8proc_INCLUDE_DIR})
endif()
