# Completion of bwcheck for bash: source it, or put it where bash-completion looks for it under the name bwcheck.
# The names of revisions, properties and scopes are asked of the bwcheck that is being completed.

_bwcheck_names() {
    "$1" list "$2" 2>/dev/null | awk '{print $1}'
}

_bwcheck() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words= files=
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]}
    COMPREPLY=()

    if [ "$COMP_CWORD" -eq 1 ]; then
        words="list check merge diff ask reach show replay export lab --help --version"
    else
        case $previous in
        --property) words=$(_bwcheck_names "$program" properties) ;;
        --engine) words="explore random prove" ;;
        --scope) words=$(_bwcheck_names "$program" scopes) files=yes ;;
        --against | --revision) words=$(_bwcheck_names "$program" revisions) files=yes ;;
        --as) [ "$command" = list ] && words="dot" || words="itf mail perfetto" ;;
        --color) words="auto always never" ;;
        --kernel) words="debian-uml debian-qemu" files=yes ;;
        --only) words="interface behaviour" ;;
        --accel) words="tcg kvm" ;;
        --output | --tree | --patch | --svg | --script | --traces | --smt2 | --corpus | --junit | --ktap | --sarif | --expect | --write-expect)
            files=yes
            ;;
        --step | --branch | --width | --budget | --memory | --jobs | --seed | --cases | --shard | --injections | --scenarios | --first | --writes | --repeat | --cpus | --timeout)
            return
            ;;
        *)
            case $command:$word in
            list:-*) words="--json --as --help" ;;
            check:-*)
                words="--against --new-only --property --engine --seed --cases --shard --scope --budget --memory --jobs --json --b4 --junit --ktap --sarif --expect"
                words+=" --write-expect --traces --corpus --no-corpus --save --smt2 --second-opinion --color --quiet --verbose --help"
                ;;
            merge:-*) words="--json --b4 --junit --ktap --sarif --expect --write-expect --color --help" ;;
            diff:-*) words="--scope --memory --jobs --width --json --color --help" ;;
            ask:-*) words="--json --help" ;;
            reach:-*) words="--step --branch --scope --memory --jobs --width --color --help" ;;
            show:-*) words="--full --diff --width --color --help" ;;
            replay:-*) words="--revision --color --help" ;;
            export:-*) words="--as --output --help" ;;
            lab:-*)
                words="--json --quiet --help"
                case ${COMP_WORDS[2]} in
                run) words+=" --kernel --script --revision --only --writes --seed --repeat --cpus --accel --timeout"
                    words+=" --real-time" ;;
                build) words+=" --tree --patch --jobs" ;;
                delays) words+=" --kernel --injections --seed --svg" ;;
                fuzz) words+=" --kernel --revision --seed --scenarios --first --budget --jobs" ;;
                selftest | replay) words+=" --kernel" ;;
                esac
                ;;
            lab:*)
                if [ "$COMP_CWORD" -eq 2 ]; then
                    words="run build delays fuzz selftest replay"
                else
                    files=yes
                fi
                ;;
            list:*) words="revisions properties scopes" ;;
            check:* | diff:* | ask:* | reach:*) words=$(_bwcheck_names "$program" revisions) files=yes ;;
            merge:* | show:* | replay:* | export:*) files=yes ;;
            esac
            ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen ${words:+-W "$words"} ${files:+-f} -- "$word")
}

complete -o filenames -F _bwcheck bwcheck
