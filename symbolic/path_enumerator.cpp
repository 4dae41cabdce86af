#include "symbolic/path_enumerator.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace bwcheck::symbolic {

namespace {

thread_local path_enumerator* running = nullptr;

struct too_many_decisions {};
struct no_more_allowed {
    std::string reason;
};

class installed {
public:
    explicit installed(path_enumerator* enumerator) : before_(std::exchange(running, enumerator)) {}
    ~installed() { running = before_; }
    installed(const installed&) = delete;
    installed& operator=(const installed&) = delete;

private:
    path_enumerator* before_;
};

} // namespace

void known_facts::raise(expression e, int128 least) {
    const auto [variables, constant] = table_.split(e);
    const auto [place, is_new] = least_.try_emplace(variables, least - constant);
    if (!is_new)
        place->second = std::max(place->second, least - constant);
}

void known_facts::add(literal l) {
    literals_.insert(l);
    if (l.what == literal::kind::not_zero)
        return;
    raise(l.of, 0);
    if (l.what == literal::kind::zero)
        raise(table_.difference({}, l.of), 0);
}

void known_facts::add_quotient(atom_number number) {
    for (const literal& half : table_.definition_of(number))
        add(half);
    const atom a = table_.atom_of(number);
    const auto [dividend_least, dividend_greatest] = bounds_of(a.left);
    const auto [divisor_least, divisor_greatest] = bounds_of(a.right);
    if (!dividend_least || *dividend_least < 0)
        return; // rounding down would not be what '/' does
    if (divisor_greatest && *divisor_greatest > 0)
        raise(table_.multiple(number, 1), *dividend_least / *divisor_greatest);
    if (dividend_greatest) {
        const int128 divisor = std::max<int128>(divisor_least.value_or(1), 1);
        raise(table_.multiple(number, -1), -(*dividend_greatest / divisor));
    }
}

expression_table::bounds known_facts::bounds_of(expression e) const {
    const auto narrow = [this](expression_table::bounds from, expression whole) {
        if (const auto least = least_known(whole); least && (!from.least || *from.least < *least))
            from.least = least;
        if (const auto least = least_known(table_.difference({}, whole));
            least && (!from.greatest || -*least < *from.greatest))
            from.greatest = -*least;
        return from;
    };
    return narrow(
        table_.bounds_of(
            e, [&](atom_number number) { return narrow(table_.bounds_of_atom(number), table_.multiple(number, 1)); }),
        e);
}

std::optional<int128> known_facts::least_known(expression e) const {
    const auto [variables, constant] = table_.split(e);
    const auto found = least_.find(variables);
    return found == least_.end() ? std::nullopt : std::optional(found->second + constant);
}

bool known_facts::at_least(expression e, int128 bound) const {
    const auto least = least_known(e);
    return least && *least >= bound;
}

std::optional<bool> known_facts::say(literal l) const {
    if (literals_.contains(l))
        return true;
    if (literals_.contains(table_.negation(l)))
        return false;
    const expression opposite = table_.difference({}, l.of);
    if (l.what == literal::kind::not_negative) {
        if (at_least(l.of, 0))
            return true;
        if (at_least(opposite, 1))
            return false;
        return std::nullopt;
    }
    if (at_least(l.of, 1) || at_least(opposite, 1))
        return l.what == literal::kind::not_zero;
    if (at_least(l.of, 0) && at_least(opposite, 0))
        return l.what == literal::kind::zero;
    return std::nullopt;
}

void known_facts::clear() {
    least_.clear();
    literals_.clear();
}

path_enumerator::path_enumerator(const enumeration_limits& limits) : limits_(limits), solver_(table_, limits.each) {}
path_enumerator::~path_enumerator() = default;

path_enumerator& path_enumerator::current() {
    if (running == nullptr)
        throw std::logic_error("symbolic numbers are used outside of a path enumeration");
    return *running;
}

enumeration path_enumerator::for_each_path(const std::function<void()>& body,
                                           const std::function<bool(const path&)>& at_end) {
    const installed here(this);
    result_ = {};
    decisions_.clear();
    bool wanted = true;
    do {
        if (result_.paths + result_.unfinished >= limits_.paths) {
            result_.complete = false;
            result_.reason = "there are more than " + std::to_string(limits_.paths) + " paths";
            break;
        }
        begin_path();
        try {
            body();
            ++result_.paths;
            wanted = at_end({path_, with_choices(witness_), has_witness_});
        } catch (const abandoned&) {
            // Nothing to report: these inputs are not the question.
        } catch (const no_more_allowed& limit) {
            result_.complete = false;
            result_.reason = "not all paths were taken " + limit.reason;
            break;
        } catch (const too_many_decisions&) {
            ++result_.unfinished;
            result_.complete = false;
            result_.reason = "a path takes more than " + std::to_string(limits_.decisions) + " decisions";
        }
    } while (wanted && next_path());
    result_.steps = solver_.steps();
    return std::move(result_);
}

void path_enumerator::expect_more_is_allowed() const {
    if (limits_.steps > 0 && solver_.steps() > limits_.steps)
        throw no_more_allowed{"within " + std::to_string(limits_.steps) + " steps of the solver"};
    if (limits_.each.until.passed())
        throw no_more_allowed{"before the time was over"};
}

void path_enumerator::begin_path() {
    position_ = 0;
    path_.clear();
    known_.clear();
    witness_.clear();
    has_witness_ = true;
    choices_.clear();
    reports_ = true;
}

// Backtracks to the last point from which there is another way on. False: there is none.
bool path_enumerator::next_path() {
    decisions_.resize(std::min(decisions_.size(), position_));
    while (!decisions_.empty()) {
        decision& last = decisions_.back();
        if (last.what == decision::kind::fork && last.open) {
            last.open = false;
            last.result = !last.result;
            last.added = table_.negation(last.added);
            last.witness = std::move(last.other_witness);
            last.has_witness = last.has_other_witness;
            return true;
        }
        if (last.what == decision::kind::chosen && last.alternative + 1 < last.alternatives) {
            ++last.alternative;
            return true;
        }
        decisions_.pop_back();
    }
    return false;
}

const path_enumerator::decision* path_enumerator::replayed() {
    if (position_ == decisions_.size())
        return nullptr;
    const decision& made = decisions_[position_++];
    apply(made);
    return &made;
}

const path_enumerator::decision& path_enumerator::record(decision made) {
    if (decisions_.size() >= limits_.decisions)
        throw too_many_decisions{};
    decisions_.push_back(std::move(made));
    ++position_;
    apply(decisions_.back());
    return decisions_.back();
}

void path_enumerator::apply(const decision& made) {
    switch (made.what) {
    case decision::kind::fork:
    case decision::kind::assumed:
        if (made.what == decision::kind::assumed && !made.result)
            break;
        path_.push_back(made.added);
        known_.add(made.added);
        witness_ = made.witness;
        has_witness_ = made.has_witness;
        break;
    case decision::kind::forced:
        known_.add(made.added);
        break;
    case decision::kind::checked:
        if (made.result)
            known_.add(made.added);
        break;
    case decision::kind::chosen:
        choices_[made.name] = made.alternative;
        break;
    }
}

assignment path_enumerator::with_choices(assignment inputs) const {
    for (const auto& [name, value] : choices_)
        inputs[name] = value;
    return inputs;
}

answer path_enumerator::ask(literal next, assignment& values, std::vector<literal>& core) {
    expect_more_is_allowed();
    const answer said = solver_.check(path_, next, values, core);
    if (said == answer::unknown)
        ++result_.unknown;
    if (said != answer::satisfiable)
        return said;
    // A model is believed only if it makes everything true that it has to.
    for (const literal& l : path_)
        if (table_.evaluate(l, values) == false)
            throw std::logic_error("a solver's model does not satisfy the path it was asked for");
    if (table_.evaluate(next, values) == false)
        throw std::logic_error("a solver's model does not satisfy the statement it was asked for");
    return said;
}

void path_enumerator::oblige(obligation::kind kind, literal goal, model::source_place where,
                             const std::vector<literal>& premise) {
    proved_[goal].push_back(premise);
    result_.obligations.push_back({kind, where, premise, goal, with_choices(witness_), has_witness_});
}

// Whether what was proved on another path says that `goal` holds on this one.
bool path_enumerator::follows(literal goal) const {
    const auto found = proved_.find(goal);
    if (found == proved_.end())
        return false;
    return std::any_of(found->second.begin(), found->second.end(), [this](const std::vector<literal>& premise) {
        return std::all_of(premise.begin(), premise.end(), [this](const literal& l) { return known_.say(l) == true; });
    });
}

// What needs no solver.
std::optional<bool> path_enumerator::seen(literal l) const {
    const auto always = table_.obvious(l);
    return always ? always : known_.say(l);
}

bool path_enumerator::decide(literal l, model::source_place where) {
    if (const auto known = seen(l))
        return *known;
    const literal opposite = table_.negation(l);
    if (const decision* before = replayed())
        return before->result;

    // The inputs that came this far take one of the sides; only the other has to be asked for.
    const bool takes_it = has_witness_ && table_.evaluate(l, witness_) == true;
    const bool takes_other = has_witness_ && table_.evaluate(l, witness_) == false;
    decision made;
    made.what = decision::kind::fork;
    made.result = true;
    made.added = l;
    assignment values;
    std::vector<literal> core;
    answer yes = answer::satisfiable;
    answer no = answer::satisfiable;
    bool proved = false;
    made.witness = made.other_witness = witness_;
    made.has_witness = made.has_other_witness = takes_it || takes_other;
    if (!takes_it) {
        proved = follows(opposite);
        yes = proved ? answer::unsatisfiable : ask(l, values, core);
        made.has_witness = yes == answer::satisfiable;
        made.witness = values;
    }
    if (!takes_other && !proved) {
        proved = follows(l);
        no = proved ? answer::unsatisfiable : ask(opposite, values, core);
        made.has_other_witness = no == answer::satisfiable;
        made.other_witness = values;
    }
    if (yes == answer::unsatisfiable && no == answer::unsatisfiable)
        throw abandoned{}; // the path was taken because a solver did not know that nobody takes it
    if (yes == answer::unsatisfiable || no == answer::unsatisfiable) {
        made.result = no == answer::unsatisfiable;
        made.what = decision::kind::forced;
        made.added = made.result ? l : opposite;
        if (!proved)
            oblige(obligation::kind::cut, made.added, where, core);
        return record(std::move(made)).result;
    }
    made.open = true;
    return record(std::move(made)).result;
}

void path_enumerator::assume(literal l, model::source_place where) {
    if (const auto known = seen(l)) {
        if (!*known)
            throw abandoned{};
        return;
    }
    if (const decision* before = replayed()) {
        if (!before->result)
            throw abandoned{};
        return;
    }
    decision made;
    made.what = decision::kind::assumed;
    made.added = l;
    made.result = true;
    made.witness = witness_;
    made.has_witness = has_witness_ && table_.evaluate(l, witness_) == true;
    if (!made.has_witness) {
        std::vector<literal> core;
        const bool proved = follows(table_.negation(l));
        const answer said = proved ? answer::unsatisfiable : ask(l, made.witness, core);
        made.has_witness = said == answer::satisfiable;
        made.result = said != answer::unsatisfiable;
        if (!made.result && !proved)
            oblige(obligation::kind::cut, table_.negation(l), where, core);
    }
    if (!record(std::move(made)).result)
        throw abandoned{};
}

unsigned path_enumerator::choose(const std::string& name, unsigned alternatives) {
    if (const decision* before = replayed())
        return before->alternative;
    decision made;
    made.what = decision::kind::chosen;
    made.name = name;
    made.alternatives = alternatives;
    return record(std::move(made)).alternative;
}

// Whether `goal` holds for all inputs of this path. A solver that does not know counts as no, without a counterexample.
bool path_enumerator::always(literal goal, obligation::kind kind, model::source_place where,
                             std::optional<assignment>& counterexample) {
    if (seen(goal) == true)
        return true;
    if (const decision* before = replayed())
        return before->result;
    decision made;
    made.what = decision::kind::checked;
    made.added = goal;
    if (has_witness_ && table_.evaluate(goal, witness_) == false) {
        counterexample = with_choices(witness_);
    } else {
        assignment values;
        std::vector<literal> core;
        const bool proved = follows(goal);
        const answer said = proved ? answer::unsatisfiable : ask(table_.negation(goal), values, core);
        made.result = said == answer::unsatisfiable;
        if (made.result && !proved)
            oblige(kind, goal, where, core);
        if (said == answer::satisfiable)
            counterexample = with_choices(values);
        result_.unknown_checks += said == answer::unknown ? 1 : 0;
    }
    return record(std::move(made)).result;
}

void path_enumerator::report(char operation, model::source_place where, literal goal, const assignment& inputs) {
    const auto same = [&](const wrap_finding& other) {
        return other.operation == operation && model::same_place(other.where, where);
    };
    if (std::any_of(result_.wraps.begin(), result_.wraps.end(), same))
        return;
    std::vector<literal> taken = path_;
    taken.push_back(table_.negation(goal));
    result_.wraps.push_back({operation, where, std::move(taken), inputs});
}

expression path_enumerator::fit(expression exact, machine_type type, char operation, model::source_place where) {
    bool fits = true;
    for (const literal& bound :
         {table_.at_most(table_.constant(type.min()), exact), table_.at_most(exact, table_.constant(type.max()))}) {
        std::optional<assignment> counterexample;
        if (always(bound, obligation::kind::no_wrap, where, counterexample))
            continue;
        fits = false;
        if (reports_ && operation != ' ' && counterexample)
            report(operation, where, bound, *counterexample);
    }
    return fits ? exact : table_.wrapped(exact, type);
}

expression path_enumerator::quotient(expression a, expression b) {
    const expression result = table_.quotient(a, b);
    for (const auto& [number, coefficient] : linear_sum(table_.sum_of(result)).parts)
        if (table_.atom_of(number).what == atom::kind::quotient)
            known_.add_quotient(number);
    return result;
}

expression path_enumerator::forget_origin(expression e, std::string_view name, model::source_place where) {
    const linear_sum whole = table_.sum_of(e);
    if (whole.parts.size() != 1 || whole.constant != 0 || whole.parts.front().second != 1 ||
        table_.atom_of(whole.parts.front().first).what != atom::kind::wrapped)
        return e;
    const atom_number forgotten = whole.parts.front().first;
    const expression fresh = table_.variable(name, table_.atom_of(forgotten).type);
    for (const literal& each : std::vector(path_)) {
        const linear_sum said = table_.sum_of(each.of);
        for (const auto& [number, coefficient] : said.parts)
            if (number == forgotten)
                assume({each.what,
                        table_.sum(each.of, table_.product(table_.difference(fresh, e), table_.constant(coefficient)))},
                       where);
    }
    return fresh;
}

void path_enumerator::need_divisor(expression divisor, model::source_place where) {
    const literal positive = table_.at_most(table_.constant(1), divisor);
    std::optional<assignment> counterexample;
    if (always(positive, obligation::kind::divisor, where, counterexample))
        return;
    if (reports_ && counterexample)
        report('/', where, positive, *counterexample);
    assume(positive, where);
}

} // namespace bwcheck::symbolic
