"""The vectors of hmac_jwt_test.json, one module a theme. Nothing here knows the library that they test."""
