#include "app/key_file.hpp"

#include "core/secret.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace jwtgate::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_key_file = 1024 * 1024;
constexpr std::size_t kid_bytes = 9;
constexpr std::size_t key_bytes = 32;

[[noreturn]] void fail(fs::path const& file, std::string const& reason)
{
    throw std::runtime_error("key file " + file.string() + ": " + reason);
}

[[noreturn]] void fail_with_errno(fs::path const& file)
{
    fail(file, std::generic_category().message(errno));
}

class descriptor {
public:
    explicit descriptor(int number) noexcept : number_{number} {}

    descriptor(descriptor const&) = delete;
    descriptor& operator=(descriptor const&) = delete;

    ~descriptor()
    {
        if (number_ >= 0) close(number_);
    }

    int number() const noexcept { return number_; }

private:
    int number_;
};

void check_mode(int opened, fs::path const& file)
{
    struct stat status {};

    if (fstat(opened, &status) != 0) fail_with_errno(file);
    if (!S_ISREG(status.st_mode)) fail(file, "not a regular file");
    if ((status.st_mode & S_IROTH) != 0) fail(file, "others may read it; chmod 600 it");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        fail(file, "others than its owner may write it; chmod 600 it");
    if (status.st_size > static_cast<off_t>(largest_key_file)) fail(file, "larger than 1 MiB");
}

core::secret read_all(int opened, fs::path const& file)
{
    std::string text(largest_key_file, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        auto const got = read(opened, text.data() + size, text.size() - size);
        if (got < 0) fail_with_errno(file);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    core::secret exact(text.substr(0, size));
    core::wipe(text);
    return exact;
}

core::secret new_key_set(core::random_source const& random)
{
    std::string key(key_bytes, '\0');
    random({reinterpret_cast<unsigned char*>(key.data()), key.size()});
    core::secret text(jwt::make_key_set_json(jwt::algorithm::hs256, core::random_id(random, kid_bytes), key));
    core::wipe(key);
    return text;
}

void sync_directory(fs::path const& file)
{
    auto const directory = file.has_parent_path() ? file.parent_path() : fs::path(".");
    descriptor const opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || fsync(opened.number()) != 0) fail_with_errno(directory);
}

// Under a name of its own first: a crash leaves no half key file behind.
void write_new(fs::path const& file, std::string_view text, new_files& made)
{
    auto const draft = fs::path(file).concat(".new");
    descriptor const opened(
        open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)
    );
    if (opened.number() < 0) fail_with_errno(file);
    auto const written = write(opened.number(), text.data(), text.size());
    bool const complete = written == static_cast<ssize_t>(text.size()) && fsync(opened.number()) == 0;
    if (!complete || rename(draft.c_str(), file.c_str()) != 0) {
        int const reason = errno;
        unlink(draft.c_str());
        errno = reason;
        fail_with_errno(file);
    }
    made.add(file);
    sync_directory(file);
}

core::secret read_or_make(fs::path const& file, core::random_source const& random, new_files& made)
{
    descriptor const opened(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.number() >= 0) {
        check_mode(opened.number(), file);
        return read_all(opened.number(), file);
    }
    if (errno != ENOENT) fail_with_errno(file);
    auto text = new_key_set(random);
    write_new(file, text.reveal(), made);
    return text;
}

}  // namespace

std::shared_ptr<jwt::key_set const> load_or_make_keys(
    fs::path const& file, core::random_source const& random, new_files& made
)
{
    auto keys = jwt::key_set::parse(read_or_make(file, random, made).reveal());
    if (!keys) fail(file, keys.error().detail);
    return std::make_shared<jwt::key_set const>(std::move(*keys));
}

}  // namespace jwtgate::app
