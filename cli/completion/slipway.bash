# shellcheck shell=bash
# TAB for ./slipway. What it offers is asked of the program on the line; of the line nothing is evaluated.

_slipway() {
  local program=${COMP_WORDS[0]} words=() word glued="" kind about given i
  # Bash parts words at = and :, which are parts of a word here.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)) && [[ $word != [=:]* ]]; then word=$2; fi
    if ((${#words[@]} > 0)) && [[ -n $glued || $word == [=:]* ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    [[ $word == *[=:] && $word == [=:]* ]] && glued=yes || glued=""
  done
  given=${words[${#words[@]} - 1]}
  COMPREPLY=()
  [[ ${program:0:2} == \~/ ]] && program=$HOME/${program:2}
  {
    IFS=$'\t' read -r kind about
    case $kind in
    files)
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
        compgen -d -- "$2"
        compgen -f -X "!*${about:+.$about}" -- "$2"
      )
      ;;
    words | beginnings)
      [[ $kind == beginnings ]] && compopt -o nospace 2>/dev/null
      while IFS=$'\t' read -r word about; do COMPREPLY+=("${word#"${given%"$2"}"}"); done
      ;;
    esac
  } < <("$program" complete -- "${words[@]}" 2>/dev/null </dev/null)
}

complete -F _slipway slipway
