package probe

import (
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// optionMeaning says what an option of curl or wget means to an httpGet.
type optionMeaning int

const (
	noEffect     optionMeaning = iota // it changes only the output, or how the connection is made
	failStatus                        // statuses from 400 on are failures
	skipVerify                        // certificates are not verified
	timeLimit                         // a time limit
	headerOption                      // NAME: VALUE
	agentOption                       // the header User-Agent
	methodOption                      // the request's method
	headOption                        // a HEAD request
	bodyTarget                        // the file that gets the body
	urlOption                         // the URL
	requestBody                       // the request has a body
	credentials                       // user and password
	certificate                       // a client certificate
	otherRoute                        // the connection goes another way
)

// option is a group of options with one meaning.
type option struct {
	names  string
	valued bool // the next word, or the text behind =, is its value
	means  optionMeaning
}

// curlOptions are the options of curl's manual that probes use.
var curlOptions = []option{
	{"-s --silent -S --show-error -v --verbose -i --include -L --location -4 --ipv4 -6 --ipv6 -N --no-buffer -# --progress-bar " +
		"-g --globoff -q --disable --http1.0 --http1.1 --http2 --compressed --no-keepalive --no-progress-meter --tlsv1.2 --tlsv1.3 " +
		"--retry-connrefused --retry-all-errors", false, noEffect},
	{"-w --write-out --noproxy --retry --retry-delay --retry-max-time --max-redirs --cacert --capath", true, noEffect},
	{"-f --fail --fail-with-body", false, failStatus},
	{"-k --insecure", false, skipVerify},
	{"-m --max-time --connect-timeout", true, timeLimit},
	{"-H --header", true, headerOption},
	{"-A --user-agent", true, agentOption},
	{"-X --request", true, methodOption},
	{"-I --head", false, headOption},
	{"-o --output", true, bodyTarget},
	{"--url", true, urlOption},
	{"-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form -T --upload-file", true, requestBody},
	{"-u --user --oauth2-bearer", true, credentials},
	{"-n --netrc", false, credentials},
	{"-E --cert --key", true, certificate},
	{"--unix-socket --abstract-unix-socket -x --proxy --resolve --connect-to --interface", true, otherRoute},
}

// wgetOptions are the options of GNU wget and busybox's wget that probes use.
var wgetOptions = []option{
	{"-q --quiet -nv --no-verbose -v --verbose -S --server-response --no-proxy --no-cache -4 -6 --delete-after", false, noEffect},
	{"-t --tries -Y --ca-certificate", true, noEffect},
	{"--no-check-certificate", false, skipVerify},
	{"-T --timeout --connect-timeout --read-timeout", true, timeLimit},
	{"--header", true, headerOption},
	{"-U --user-agent", true, agentOption},
	{"--method", true, methodOption},
	{"--spider", false, headOption},
	{"-O --output-document", true, bodyTarget},
	{"--post-data --post-file --body-data --body-file", true, requestBody},
	{"--user --password --http-user --http-password", true, credentials},
	{"--certificate --private-key", true, certificate},
}

// optionNamed returns the option with a name such as -f, false where none has it.
func optionNamed(table []option, name string) (option, bool) {
	i := slices.IndexFunc(table, func(o option) bool { return invocation.Lists(o.names, name) })
	if i < 0 {
		return option{}, false
	}
	return table[i], true
}

// request is the HTTP request that curl or wget makes.
type request struct {
	tool    string
	urls    []string
	means   map[optionMeaning]bool
	limit   string
	headers [][2]string
	refusal string // why an httpGet can't make it, "" where it can
}

// readRequest reads the arguments of curl or wget.
func readRequest(tool string, args []string) request {
	table, r := curlOptions, request{tool: tool, means: map[optionMeaning]bool{}}
	if tool == "wget" {
		table, r.means[failStatus] = wgetOptions, true
	}
	for i := 0; i < len(args) && r.refusal == ""; i++ {
		switch arg := args[i]; {
		case arg == "--":
			r.urls = append(r.urls, args[i+1:]...)
			return r
		case strings.HasPrefix(arg, "--"), len(arg) > 1 && arg[0] == '-' && isOption(table, arg):
			name, value, joined := strings.Cut(arg, "=")
			i = r.readOption(table, name, value, joined, args, i)
		case len(arg) > 1 && arg[0] == '-':
			i = r.readLetters(table, args, i)
		default:
			r.urls = append(r.urls, arg)
		}
	}
	return r
}

// isOption reports whether a table has an option.
func isOption(table []option, name string) bool {
	_, ok := optionNamed(table, name)
	return ok
}

// readLetters reads args[i], a word of option letters such as -fsSo. It returns the
// index of the last word that it read.
func (r *request) readLetters(table []option, args []string, i int) int {
	letters := []rune(args[i][1:])
	for at, letter := range letters {
		name := "-" + string(letter)
		rest := string(letters[at+1:])
		if o, _ := optionNamed(table, name); o.valued {
			return r.readOption(table, name, rest, rest != "", args, i)
		}
		r.readOption(table, name, "", false, args, i)
	}
	return i
}

// readOption reads the option in args[i]. joined is set where its value stands in the
// same word. It returns the index of the last word that it read.
func (r *request) readOption(table []option, name, value string, joined bool, args []string, i int) int {
	o, ok := optionNamed(table, name)
	if !ok {
		r.setRefusal(r.tool + "'s " + name + " has no counterpart in it")
		return i
	}
	if o.valued && !joined {
		if i++; i >= len(args) {
			r.setRefusal(r.tool + "'s " + name + " has no value")
			return i
		}
		value = args[i]
	}
	r.means[o.means] = true
	r.takeValue(o.means, name, value)
	return i
}

// takeValue adds the value of an option to the request, or sets the refusal.
func (r *request) takeValue(m optionMeaning, name, value string) {
	switch m {
	case timeLimit:
		r.limit = value
	case headerOption:
		key, v, ok := strings.Cut(value, ":")
		if !ok || isOpaque(key) || strings.HasPrefix(value, "@") {
			r.setRefusal("the header of " + name + " can't be read")
		}
		r.headers = append(r.headers, [2]string{key, strings.TrimSpace(v)})
	case agentOption:
		r.headers = append(r.headers, [2]string{"User-Agent", value})
	case urlOption:
		r.urls = append(r.urls, value)
	case methodOption:
		if value != "GET" && value != "HEAD" {
			r.setRefusal("it only sends GET, and " + name + " asks for another method")
		}
	case bodyTarget:
		if value != "/dev/null" && value != "-" && value != "/dev/stdout" && value != "/dev/stderr" {
			r.setRefusal(name + " writes the answer to a file")
		}
	case requestBody:
		r.setRefusal("it sends no body, and " + name + " does")
	case credentials:
		r.setRefusal("it has no credentials but a header with them in the manifest, and " + name + " gives some")
	case certificate:
		r.setRefusal("it has no client certificate, and " + name + " gives one")
	case otherRoute:
		r.setRefusal("it asks on the pod's own port, and " + name + " goes another way")
	}
}

// setRefusal sets the refusal, where there is none yet.
func (r *request) setRefusal(why string) {
	if r.refusal == "" {
		r.refusal = why
	}
}
