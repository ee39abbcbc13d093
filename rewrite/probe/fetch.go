package probe

import (
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// meaning is what an option of curl or wget means to an httpGet.
type meaning int

const (
	nothing     meaning = iota // it changes only what is printed, or how the connection is made
	fails                      // statuses from 400 on are failures
	unverified                 // certificates are not verified
	bounded                    // a time limit
	header                     // NAME: VALUE
	agent                      // the header User-Agent
	method                     // the request's method
	head                       // a HEAD request
	output                     // where the body goes
	target                     // the URL
	body                       // the request has a body
	credentials                // user and password
	certificate                // a client certificate
	elsewhere                  // the connection goes another way
)

// option is a group of options.
type option struct {
	names  string
	valued bool // the next word, or what follows =, is its value
	means  meaning
}

// curlOptions are those of curl's manual that probes use.
var curlOptions = []option{
	{"-s --silent -S --show-error -v --verbose -i --include -L --location -4 --ipv4 -6 --ipv6 -N --no-buffer -# --progress-bar " +
		"-g --globoff -q --disable --http1.0 --http1.1 --http2 --compressed --no-keepalive --no-progress-meter --tlsv1.2 --tlsv1.3 " +
		"--retry-connrefused --retry-all-errors", false, nothing},
	{"-w --write-out --noproxy --retry --retry-delay --retry-max-time --max-redirs --cacert --capath", true, nothing},
	{"-f --fail --fail-with-body", false, fails},
	{"-k --insecure", false, unverified},
	{"-m --max-time --connect-timeout", true, bounded},
	{"-H --header", true, header},
	{"-A --user-agent", true, agent},
	{"-X --request", true, method},
	{"-I --head", false, head},
	{"-o --output", true, output},
	{"--url", true, target},
	{"-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form -T --upload-file", true, body},
	{"-u --user --oauth2-bearer", true, credentials},
	{"-n --netrc", false, credentials},
	{"-E --cert --key", true, certificate},
	{"--unix-socket --abstract-unix-socket -x --proxy --resolve --connect-to --interface", true, elsewhere},
}

// wgetOptions are those of GNU wget and busybox's that probes use.
var wgetOptions = []option{
	{"-q --quiet -nv --no-verbose -v --verbose -S --server-response --no-proxy --no-cache -4 -6 --delete-after", false, nothing},
	{"-t --tries -Y --ca-certificate", true, nothing},
	{"--no-check-certificate", false, unverified},
	{"-T --timeout --connect-timeout --read-timeout", true, bounded},
	{"--header", true, header},
	{"-U --user-agent", true, agent},
	{"--method", true, method},
	{"--spider", false, head},
	{"-O --output-document", true, output},
	{"--post-data --post-file --body-data --body-file", true, body},
	{"--user --password --http-user --http-password", true, credentials},
	{"--certificate --private-key", true, certificate},
}

// optionNamed returns an option by its name as it is written.
func optionNamed(table []option, name string) (option, bool) {
	i := slices.IndexFunc(table, func(o option) bool { return invocation.Lists(o.names, name) })
	if i < 0 {
		return option{}, false
	}
	return table[i], true
}

// request is what curl or wget asks for.
type request struct {
	tool    string
	urls    []string
	means   map[meaning]bool
	limit   string
	headers [][2]string
	refusal string // why an httpGet isn't equal, "" where it is
}

// readRequest reads the arguments of curl or wget.
func readRequest(tool string, args []string) request {
	table, r := curlOptions, request{tool: tool, means: map[meaning]bool{}}
	if tool == "wget" {
		table, r.means[fails] = wgetOptions, true
	}
	for i := 0; i < len(args) && r.refusal == ""; i++ {
		switch arg := args[i]; {
		case arg == "--":
			r.urls = append(r.urls, args[i+1:]...)
			return r
		case strings.HasPrefix(arg, "--"), len(arg) > 1 && arg[0] == '-' && known(table, arg):
			name, value, joined := strings.Cut(arg, "=")
			i = r.option(table, name, value, joined, args, i)
		case len(arg) > 1 && arg[0] == '-':
			i = r.letters(table, args, i)
		default:
			r.urls = append(r.urls, arg)
		}
	}
	return r
}

func known(table []option, name string) bool {
	_, ok := optionNamed(table, name)
	return ok
}

// letters reads a word of option letters, such as -fsSo. It returns the index
// of the last word it used.
func (r *request) letters(table []option, args []string, i int) int {
	letters := []rune(args[i][1:])
	for at, letter := range letters {
		name := "-" + string(letter)
		rest := string(letters[at+1:])
		if o, _ := optionNamed(table, name); o.valued {
			return r.option(table, name, rest, rest != "", args, i)
		}
		r.option(table, name, "", false, args, i)
	}
	return i
}

// option takes one option in. It returns the index of the last word it used.
func (r *request) option(table []option, name, value string, joined bool, args []string, i int) int {
	o, ok := optionNamed(table, name)
	if !ok {
		r.refuse(r.tool + "'s " + name + " has no counterpart in it")
		return i
	}
	if o.valued && !joined {
		if i++; i >= len(args) {
			r.refuse(r.tool + "'s " + name + " has no value")
			return i
		}
		value = args[i]
	}
	r.means[o.means] = true
	r.value(o.means, name, value)
	return i
}

// value takes an option's value in, or says why an httpGet isn't equal.
func (r *request) value(m meaning, name, value string) {
	switch m {
	case bounded:
		r.limit = value
	case header:
		key, v, ok := strings.Cut(value, ":")
		if !ok || opaque(key) || strings.HasPrefix(value, "@") {
			r.refuse("the header of " + name + " can't be read")
		}
		r.headers = append(r.headers, [2]string{key, strings.TrimSpace(v)})
	case agent:
		r.headers = append(r.headers, [2]string{"User-Agent", value})
	case target:
		r.urls = append(r.urls, value)
	case method:
		if value != "GET" && value != "HEAD" {
			r.refuse("it only sends GET, and " + name + " asks for another method")
		}
	case output:
		if value != "/dev/null" && value != "-" && value != "/dev/stdout" && value != "/dev/stderr" {
			r.refuse(name + " writes the answer to a file")
		}
	case body:
		r.refuse("it sends no body, and " + name + " does")
	case credentials:
		r.refuse("it has no credentials but a header with them in the manifest, and " + name + " gives some")
	case certificate:
		r.refuse("it has no client certificate, and " + name + " gives one")
	case elsewhere:
		r.refuse("it asks on the pod's own port, and " + name + " goes another way")
	}
}

func (r *request) refuse(why string) {
	if r.refusal == "" {
		r.refusal = why
	}
}
