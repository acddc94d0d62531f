# cmake -DOUTPUT=<header> -P embed.cmake <file>...: the files as string views in one header.
math(EXPR last "${CMAKE_ARGC} - 1")
set(views "")
foreach(i RANGE 4 ${last})
  set(file "${CMAKE_ARGV${i}}")
  file(READ "${file}" text)
  cmake_path(GET file FILENAME name)
  string(MAKE_C_IDENTIFIER "${name}" identifier)
  string(APPEND views "\ninline constexpr std::string_view ${identifier} = R\"page(${text})page\";\n")
endforeach()
file(WRITE "${OUTPUT}" "#pragma once

#include <string_view>

namespace jwtgate::web::bytes {
${views}
}  // namespace jwtgate::web::bytes
")
