#include "mutation/isolation.hpp"

#include "mutation/active_mutant.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace bwcheck::mutation {

namespace {
constexpr int endless_status = 3;

[[noreturn]] void run_child(const std::function<void(const teller&)>& task, int pipe) {
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    // A few dozen messages fit into a pipe that nobody reads yet.
    task([pipe](const message& told) {
        if (write(pipe, &told, sizeof told) != static_cast<ssize_t>(sizeof told))
            _exit(1);
    });
    _exit(0);
}
} // namespace

void allow_cpu_time(unsigned seconds) {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    rlimit limit{};
    getrlimit(RLIMIT_CPU, &limit);
    limit.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds;
    setrlimit(RLIMIT_CPU, &limit);
}

void give_up_on_endless_loop() { _exit(endless_status); }

child::child(const std::function<void(const teller&)>& task) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    id_ = fork();
    if (id_ < 0)
        throw std::system_error(errno, std::generic_category(), "fork");
    if (id_ == 0) {
        close(ends[0]);
        run_child(task, ends[1]);
    }
    close(ends[1]);
    pipe_ = ends[0];
}

std::vector<message> child::read_messages() {
    std::vector<message> all;
    message next;
    while (read(pipe_, &next, sizeof next) == static_cast<ssize_t>(sizeof next))
        all.push_back(next);
    close(pipe_);
    pipe_ = -1;
    return all;
}

child::end child::how_it_ended(int status) {
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 0                ? end::normal
               : WEXITSTATUS(status) == endless_status ? end::endless
                                                       : end::crashed;
    return WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL ? end::out_of_time : end::crashed;
}

} // namespace bwcheck::mutation
