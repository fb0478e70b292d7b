#include "completion.hpp"

#include "exit_code.hpp"

#include <iostream>

namespace silex::cli {

namespace {

// zsh takes bash's, once it is told to.
constexpr const char* kBash = R"sh(_silex() {
  local word=${COMP_WORDS[COMP_CWORD]}
  case ${COMP_WORDS[1]} in
    action)
      case $word in
        -*) COMPREPLY=($(compgen -W '--list --list-parameters --parameter --batch --category --simplify
              --step-by-step --url --adapter --stay --help' -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "$(silex action --list 2>/dev/null)" -- "$word")) ;;
      esac ;;
    check) COMPREPLY=($(compgen -f -W '--category --help' -- "$word")) ;;
    new) COMPREPLY=($(compgen -W 'adapter commands --into --help' -- "$word")) ;;
    hub) COMPREPLY=($(compgen -f -W '--no-browser --port --host --token-file --tls-cert --tls-key --allow-host
              --allow-origin --allow-action --page --help' -- "$word")) ;;
    validate) COMPREPLY=($(compgen -f -W '--host --batch --isolate --check --patience --json --junit --verbose --list
              --help' -- "$word")) ;;
    doctor) COMPREPLY=($(compgen -W '--host --help' -- "$word")) ;;
    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word")) ;;
    *) ((COMP_CWORD > 1)) || COMPREPLY=($(compgen -W 'action check doctor hub new validate completion --help --version' -- "$word")) ;;
  esac
}
complete -F _silex silex
)sh";

constexpr const char* kFish =
    R"sh(complete -c silex -n __fish_use_subcommand -f -a 'action check doctor hub new validate completion'
complete -c silex -n '__fish_seen_subcommand_from action' -f -a '(silex action --list 2>/dev/null)'
for option in list list-parameters parameter batch category simplify step-by-step url adapter stay
  complete -c silex -n '__fish_seen_subcommand_from action' -l $option
end
complete -c silex -n '__fish_seen_subcommand_from new' -f -a 'adapter commands'
for option in no-browser port host token-file tls-cert tls-key allow-host allow-origin allow-action page
  complete -c silex -n '__fish_seen_subcommand_from hub' -l $option
end
for option in host batch isolate check patience json junit verbose list
  complete -c silex -n '__fish_seen_subcommand_from validate' -l $option
end
complete -c silex -n '__fish_seen_subcommand_from doctor' -l host
complete -c silex -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'
)sh";

}  // namespace

int print_completion(const std::string& shell) {
  if (shell == "bash") {
    std::cout << kBash;
  } else if (shell == "zsh") {
    std::cout << "autoload -U +X bashcompinit && bashcompinit\n" << kBash;
  } else {
    std::cout << kFish;
  }
  return kFine;
}

}  // namespace silex::cli
