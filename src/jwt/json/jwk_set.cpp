#include "jwt/json/jwk_set.hpp"

#include <utility>

namespace jwtgate::jwt {
namespace {

class jwk_set_reader {
public:
    explicit jwk_set_reader(std::span<char> json) noexcept : scanner_{json} {}

    result<std::vector<jwk>> read()
    {
        auto const well_formed =
            scanner_.document([this](json_name const& name) { return set_member(name); });
        if (!well_formed) return scanner_.refusal();
        if (keys_.empty() || !only_objects_) return errc::bad_key_set;
        return std::move(keys_);
    }

private:
    bool set_member(json_name const& name)
    {
        if (name.tag != name_tag("keys")) return scanner_.skip();
        if (scanner_.peek() == json_kind::array) return scanner_.array([this] { return element(); });
        return scanner_.skip();
    }

    bool element()
    {
        only_objects_ = only_objects_ && scanner_.peek() == json_kind::object;
        if (!only_objects_) return scanner_.skip();
        return scanner_.object([this, &key = keys_.emplace_back()](json_name const& name) {
            return member(key, name);
        });
    }

    bool member(jwk& key, json_name const& name) noexcept
    {
        switch (name.tag) {
            case name_tag("kty"):
                return key.kty.read_from(scanner_);
            case name_tag("use"):
                return key.use.read_from(scanner_);
            case name_tag("alg"):
                return key.alg.read_from(scanner_);
            case name_tag("kid"):
                return key.kid.read_from(scanner_);
            case name_tag("k"):
                return key.k.read_from(scanner_);
            case name_tag("key_ops"):
                return operations(key);
            default:
                return scanner_.skip();
        }
    }

    /// RFC 7517 section 4.3: once they are named, only those named are allowed.
    bool operations(jwk& key) noexcept
    {
        key.signs = key.verifies = false;
        if (scanner_.peek() != json_kind::array) return scanner_.skip();
        return scanner_.array([&] {
            json_text operation;
            auto const read = operation.read_from(scanner_);
            key.signs = key.signs || operation.text == "sign";
            key.verifies = key.verifies || operation.text == "verify";
            return read;
        });
    }

    json_scanner scanner_;
    std::vector<jwk> keys_;
    bool only_objects_ = true;
};

}  // namespace

result<std::vector<jwk>> read_jwk_set(std::span<char> json)
{
    return jwk_set_reader{json}.read();
}

}  // namespace jwtgate::jwt
