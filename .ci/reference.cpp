// What one unit of compiling is: .ci/run cost compares the project with it, and so asks the same on every machine. It
// has to stay as it is: another file would be another measure.
#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <regex>
#include <string>
#include <variant>
#include <vector>

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv, argv + argc);
    const std::regex number("[0-9]+|0x[0-9a-f]+");
    std::map<std::string, std::function<std::variant<int, std::string>(const std::string&)>> kinds;
    kinds["number"] = [](const std::string& text) { return std::stoi(text); };
    kinds["word"] = [](const std::string& text) { return text; };
    for (const std::string& word : words) {
        const auto value = kinds.at(std::regex_match(word, number) ? "number" : "word")(word);
        std::visit([](const auto& one) { std::cout << one << '\n'; }, value);
    }
    return std::ranges::count(words, "") == 0 ? 0 : 1;
}
