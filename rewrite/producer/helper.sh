# manifest_items glued|upstream TEXT prints the words of TEXT, as a container's
# shell read them, as items of a JSON or YAML list: glued  , "--a", "--b"  and
# upstream  "--a", "--b"; nothing where TEXT holds no word. Quotes are undone,
# $(NAME) stays the kubelet's, any other $ is doubled for it, and a pattern such
# as * is kept as text. Nothing is run and no file is looked at.
#
# What only a shell can do ($NAME, `date`, ; & | < > ~ {a,b}) is refused: status
# 1, a message, and output that no parser takes. Needs a POSIX shell only.
manifest_items() (
  LC_ALL=C
  style=${1-} rest=${2-} items='' word='' open='' quote=''
  newline=$(printf '\n.')
  newline=${newline%.}
  refuse() {
    printf 'manifest_items: %s: %s\n' "$1" "$2" >&2
    printf '"refused" "refused"'
    exit 1
  }
  next() { c=${rest%"${rest#?}"}; rest=${rest#?}; }
  text() { # adds $c to the word, escaped for JSON and the kubelet
    open=1
    case $c in
    \" | \\) word=$word\\$c ;;
    \$) word=$word\$\$ ;;
    [[:cntrl:]]) word=$word$(printf '\\u%04x' "'$c") ;;
    *) word=$word$c ;;
    esac
  }
  reference() { # adds $(NAME) and returns 0, or returns 1
    name=${rest#\(}
    name=${name%%\)*}
    case $name in '' | *[!A-Za-z0-9_.-]*) return 1 ;; esac
    case $rest in "($name)"*) ;; *) return 1 ;; esac
    open=1 word="$word\$($name)" rest=${rest#"($name)"}
  }
  escaped() { # what a backslash outside of single quotes keeps
    next
    case $c$rest in \$[\$\(]*) refuse 'the kubelet reads $$ and $( before the shell, write it without the backslash' "$2" ;; esac
    if [ "$c" != "$newline" ]; then text; fi
  }
  item() {
    if [ -n "$open" ]; then items="$items, \"$word\"" word='' open=''; fi
  }
  case $style in glued | upstream) ;; *) refuse 'the style is not glued or upstream' "$style" ;; esac
  while [ -n "$rest" ]; do
    plain=${rest%%[!A-Za-z0-9_./:=@%,+-]*}
    if [ -n "$plain" ]; then
      open=1 word=$word$plain rest=${rest#"$plain"}
      continue
    fi
    next
    case $quote$c in
    \'\' | \"\") quote='' ;;
    \'\$) case $rest in \(*) reference || refuse 'the kubelet reads $( up to the next ), write $$(' "$2" ;; *) rest=${rest#\$}; text ;; esac ;;
    \'?*) text ;;
    \$ | \"\$) reference || refuse 'the shell expands the $, quote it with single quotes if it is text' "$2" ;;
    \` | \"\`) refuse 'the shell runs what backquotes hold, write its output' "$2" ;;
    \"\\) case $rest in [\$\`\"\\]* | "$newline"*) escaped "$@" ;; *) text ;; esac ;;
    \"?*) text ;;
    \\) if [ -n "$rest" ]; then escaped "$@"; else refuse 'a backslash ends it, drop it' "$2"; fi ;;
    \' | \") quote=$c open=1 ;;
    [[:blank:]] | "$newline") item ;;
    [\;\&\|\<\>\(\)~\{]) refuse "the shell acts on $c, quote it with single quotes if it is text" "$2" ;;
    \#) if [ -z "$open" ]; then refuse 'the shell takes the rest for a comment, drop it' "$2"; else text; fi ;;
    *) text ;;
    esac
  done
  if [ -n "$quote" ]; then refuse "a $quote is not closed, close it" "$2"; fi
  item
  if [ "$style" = upstream ]; then items=${items#, }; fi
  printf '%s' "$items"
)

# sed_replacement TEXT [DELIMITER] prints TEXT so that sed's s command, with the
# delimiter @ or the one given, puts in TEXT itself.
sed_replacement() {
  printf '%s\n' "$1" | sed -e "s|[\\\\&${2:-@}]|\\\\&|g"
}

# filled_text plain|quoted TEXT [DELIMITER] prints what TEXT was to the container's
# shell when sed had put it into the script, and the script stood in double
# quotes: needed where TEXT holds & or backslashes meant for sed or the quotes.
filled_text() {
  case $1 in quoted) set -- "$2" "${3:-@}" 's|\\\(["\\/]\)|\1|g' ;; *) set -- "$2" "${3:-@}" '' ;; esac
  printf 'x\n' | sed -e "s$2x$2$1$2" -e "$3"
}
