# cnnc.bash - completion of cnnc's command line in bash.
_cnnc()
{
    local cur="${COMP_WORDS[COMP_CWORD]}" option=
    COMPREPLY=()
    # bash splits --name=value into three words.
    if [[ $cur == "=" ]]; then
        option="${COMP_WORDS[COMP_CWORD-1]}" cur=
    elif [[ ${COMP_WORDS[COMP_CWORD-1]} == "=" ]]; then
        option="${COMP_WORDS[COMP_CWORD-2]}"
    else
        option="${COMP_WORDS[COMP_CWORD-1]}"
    fi
    case "$option" in
        --init) COMPREPLY=($(compgen -W "glorot he zeros" -- "$cur")); return ;;
        --target) COMPREPLY=($(compgen -W "c99 native x86-64-v2 x86-64-v3 x86-64-v4 armv8-a" -- "$cur")); return ;;
        --arena) COMPREPLY=($(compgen -W "static caller" -- "$cur")); return ;;
        --byte-order) COMPREPLY=($(compgen -W "little big" -- "$cur")); return ;;
        --weights-as) COMPREPLY=($(compgen -W "inline packed object file" -- "$cur")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
        --dump) COMPREPLY=($(compgen -W "onnx text tree" -- "$cur")); return ;;
        --name|--seed|--set|--lambda|--input-shape|--model|--rtol|--atol) return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "-o --name= --weights= --init= --seed= --input-shape= --set= --lambda= --model= --target= --arena= --weights-as= --byte-order= --eval= --verify --input= --expect= --rtol= --atol= --report= --dump --list-ops -MD -MF -W -Werror --color -q -v --version --help --dim= --const-input= --input-layout= --output-layout= --check --max-memory= --output= --call= --module-path= --optimize= --kernel= --threads= --tune --tune= --tune-file= --exact" -- "$cur"))
        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    else
        COMPREPLY=($(compgen -f -- "$cur"))
    fi
}
complete -o filenames -F _cnnc cnnc
