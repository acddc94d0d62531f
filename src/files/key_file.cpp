#include "files/key_file.hpp"

#include "core/descriptor.hpp"
#include "core/file_mode.hpp"
#include "files/key_file_change.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kid_bytes = 9;

void check_mode(int opened, fs::path const& file)
{
    struct stat status {};

    if (fstat(opened, &status) != 0) fail_with_errno<key_file_error>(file);
    if (!S_ISREG(status.st_mode)) fail<key_file_error>(file, "not a regular file");
    auto const* const too_open = core::too_open(status.st_mode);
    if (too_open != nullptr) fail<key_file_error>(file, too_open);
    if (status.st_size > static_cast<off_t>(largest_key_file))
        fail<key_file_error>(file, "larger than 1 MiB");
}

core::secret read_all(int opened, fs::path const& file)
{
    std::string text(largest_key_file, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        auto const got = read(opened, text.data() + size, text.size() - size);
        if (got < 0) fail_with_errno<key_file_error>(file);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    core::secret exact(text.substr(0, size));
    core::wipe(text);
    return exact;
}

core::secret read_file(fs::path const& file)
{
    // Not blocking: what is no regular file may be a pipe.
    core::descriptor const opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (opened.number() < 0) fail_with_errno<key_file_error>(file);
    check_mode(opened.number(), file);
    return read_all(opened.number(), file);
}

jwt::key_set parse(core::secret const& text, fs::path const& file)
{
    auto keys = jwt::key_set::parse(text.reveal());
    if (!keys) fail<key_file_error>(file, keys.error().detail);
    return std::move(*keys);
}

void make_key_file(fs::path const& file, core::random_source const& random, new_files& made)
{
    key_file_change change(file);
    if (change.is_there()) return;
    made.add(change.file());  // first, since a write that fails may have made it
    change.write(new_key_set(jwt::algorithm::hs256, new_key_id(random), random).reveal());
}

}  // namespace

core::secret read_key_file(fs::path const& file)
{
    auto text = read_file(file);
    parse(text, file);
    return text;
}

std::shared_ptr<jwt::key_set const> load_keys(fs::path const& file)
{
    return std::make_shared<jwt::key_set const>(parse(read_file(file), file));
}

bool is_key_file_missing(fs::path const& file) noexcept
{
    return access(file.c_str(), F_OK) != 0 && errno == ENOENT;
}

std::shared_ptr<jwt::key_set const> load_or_make_keys(
    fs::path const& file, core::random_source const& random, new_files& made
)
{
    if (is_key_file_missing(file)) make_key_file(file, random, made);
    return load_keys(file);
}

std::string new_key_id(core::random_source const& random)
{
    return core::random_id(random, kid_bytes);
}

core::secret new_key_set(jwt::algorithm alg, std::string_view id, core::random_source const& random)
{
    std::string key(jwt::mac_size(alg), '\0');
    random({reinterpret_cast<unsigned char*>(key.data()), key.size()});
    core::secret text(jwt::make_key_set_json(alg, id, key));
    core::wipe(key);
    return text;
}

}  // namespace jwtgate::files
