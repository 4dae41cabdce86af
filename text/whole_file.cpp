#include "text/whole_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <system_error>

namespace bwcheck::text {

namespace {

struct file_closer {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

[[noreturn]] void fail(int error) { throw std::system_error(error, std::generic_category()); }

void write(std::FILE* file, std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fflush(file) != 0)
        fail(errno);
}

/// A file of its own beside the target, so that renaming it stays within one file system. Gone unless kept.
class temporary_file {
public:
    explicit temporary_file(const std::filesystem::path& target) : name_(target.string() + ".XXXXXX") {
        const int descriptor = ::mkstemp(name_.data());
        if (descriptor < 0)
            fail(errno);
        static_cast<void>(::fchmod(descriptor, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH));
        file_.reset(::fdopen(descriptor, "w"));
        if (file_ == nullptr) {
            const int error = errno;
            ::close(descriptor);
            ::unlink(name_.c_str());
            fail(error);
        }
    }
    ~temporary_file() {
        if (!name_.empty())
            ::unlink(name_.c_str());
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;

    [[nodiscard]] std::FILE* file() const { return file_.get(); }

    void become(const std::filesystem::path& target) {
        if (::fsync(::fileno(file_.get())) != 0)
            fail(errno);
        file_.reset();
        if (std::rename(name_.c_str(), target.c_str()) != 0)
            fail(errno);
        name_.clear();
    }

private:
    std::string name_;
    file_handle file_;
};

} // namespace

std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t most_bytes) {
    const file_handle file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr)
        fail(errno);
    std::string text;
    std::string buffer(std::size_t{1} << 16U, '\0');
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
        text.append(buffer, 0, got);
        if (text.size() > most_bytes)
            return std::nullopt;
    }
    if (std::ferror(file.get()) != 0)
        fail(errno);
    return text;
}

void replace_file(const std::filesystem::path& path, std::string_view text) {
    std::error_code ignored;
    const auto there = std::filesystem::symlink_status(path, ignored);
    if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there)) {
        const file_handle file(std::fopen(path.c_str(), "w"));
        if (file == nullptr)
            fail(errno);
        write(file.get(), text);
        return;
    }
    temporary_file file(path);
    write(file.file(), text);
    file.become(path);
}

} // namespace bwcheck::text
