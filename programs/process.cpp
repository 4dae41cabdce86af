#include "programs/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace bwcheck::programs {

namespace {

[[noreturn]] void fail(int error, const std::string& message) {
    throw std::system_error(error, std::generic_category(), message);
}

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() { close(); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    [[nodiscard]] int get() const { return number_; }
    void close() {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

struct pipe_ends {
    descriptor read;
    descriptor write;
};

pipe_ends make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        fail(errno, "pipe");
    return {descriptor(ends[0]), descriptor(ends[1])};
}

/// After fork(): becomes the program, or says through `failure` why not.
[[noreturn]] void become(std::vector<char*>& argv, int output, int failure, pid_t parent, preparation prepare) {
    ::setpgid(0, 0);
    // Whoever ends bwcheck does not want kernels to go on in the background.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(1);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    static_cast<void>(std::signal(SIGPIPE, SIG_DFL));
    errno = 0;
    if (prepare == nullptr || prepare())
        ::execvp(argv[0], argv.data());
    const int error = errno;
    static_cast<void>(::write(failure, &error, sizeof(error)) == sizeof(error));
    ::_exit(127);
}

int exit_status_of(int status) {
    constexpr int killed = 128;
    return WIFEXITED(status) ? WEXITSTATUS(status) : killed + WTERMSIG(status);
}

/// The process group, ended and waited for at the latest when this goes away.
class process_group {
public:
    explicit process_group(pid_t leader) : leader_(leader) {}
    ~process_group() { static_cast<void>(end()); }
    process_group(const process_group&) = delete;
    process_group& operator=(const process_group&) = delete;

    /// Whether the leader has exited. What it started may still hold on to its output.
    [[nodiscard]] bool leader_exited() const {
        siginfo_t which{};
        return ::waitid(P_PID, static_cast<id_t>(leader_), &which, WEXITED | WNOHANG | WNOWAIT) == 0 &&
               which.si_pid == leader_;
    }
    /// Ends all that still run. Returns the leader's exit status.
    int end() {
        if (leader_ < 0)
            return 0;
        // Before the leader is waited for: until then nobody else can have its number.
        ::kill(-leader_, SIGKILL);
        int status = 0;
        while (::waitpid(leader_, &status, 0) < 0 && errno == EINTR) {
        }
        leader_ = -1;
        return exit_status_of(status);
    }

private:
    pid_t leader_;
};

} // namespace

process_outcome run_process(const std::vector<std::string>& argv, const time_limits& limits,
                            const output_listener& listen, preparation prepare, const text::clock& now) {
    const auto clock = [&now] { return seconds(now()); };
    std::vector<std::string> copies = argv;
    std::vector<char*> words;
    words.reserve(copies.size() + 1);
    for (std::string& word : copies)
        words.push_back(word.data());
    words.push_back(nullptr);

    pipe_ends output = make_pipe();
    pipe_ends failure = make_pipe();
    const seconds begin = clock();
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        fail(errno, "fork");
    if (child == 0)
        become(words, output.write.get(), failure.write.get(), parent, prepare);
    ::setpgid(child, child);
    process_group group(child);
    output.write.close();
    failure.write.close();
    int error = 0;
    if (::read(failure.read.get(), &error, sizeof(error)) == sizeof(error))
        fail(error, argv.front());

    process_outcome outcome;
    auto last = begin;
    bool closed = false;
    while (true) {
        const seconds here = clock();
        outcome.duration = here - begin;
        if (here - begin >= limits.total || here - last >= limits.silence) {
            outcome.how = here - begin >= limits.total ? ending::overdue : ending::silent;
            outcome.status = group.end();
            return outcome;
        }
        // What it has started may hold on to its output after its end, and it may live on without any. So both are
        // watched; what it said before its end has to be read after it.
        const bool exited = group.leader_exited();
        constexpr int look_again_ms = 20;
        pollfd output_ready{.fd = closed ? -1 : output.read.get(), .events = POLLIN, .revents = 0};
        if (::poll(&output_ready, 1, exited ? 0 : look_again_ms) <= 0) {
            if (!exited)
                continue;
            outcome.status = group.end();
            return outcome;
        }
        std::array<char, 65536> piece; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
        const ssize_t got = ::read(output.read.get(), piece.data(), piece.size());
        if (got <= 0) {
            closed = got == 0 || errno != EINTR;
            continue;
        }
        last = clock();
        if (listen({piece.data(), static_cast<std::size_t>(got)})) {
            outcome.how = ending::satisfied;
            outcome.duration = last - begin;
            outcome.status = group.end();
            return outcome;
        }
    }
}

} // namespace bwcheck::programs
