#compdef slipway
# TAB for ./slipway. What it offers is asked of the program on the line; of the line nothing is evaluated.

_slipway() {
  local -a answer offers
  local kind line text program=${words[1]/#\~\//$HOME/}
  answer=("${(@f)$("$program" complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  kind=${answer[1]%%$'\t'*}
  case $kind in
    files)
      compset -P '--*='
      _files -g "*${${answer[1]#*$'\t'}:+.${answer[1]#*$'\t'}}"
      ;;
    words | beginnings)
      for line in "${(@)answer[2,-1]}"; do
        text=${line%%$'\t'*}
        offers+=("${text//:/\\:}:${line#*$'\t'}")
      done
      if [[ $kind == beginnings ]]; then
        _describe -t slipway slipway offers -S ''
      else
        _describe -t slipway slipway offers
      fi
      ;;
  esac
}

if [[ $funcstack[1] == _slipway ]]; then
  _slipway "$@"
else
  compdef _slipway slipway
fi
