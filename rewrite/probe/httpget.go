package probe

import "strings"

// httpGet advises on curl and wget.
func (a Action) httpGet(tool string, args []string, t *texts) (Advice, bool) {
	r := readRequest(tool, args)
	if len(r.urls) != 1 {
		r.refuse("it asks for one URL, and " + tool + " for " + count(len(r.urls)))
	}
	if a.hook() && len(r.headers) > 0 {
		r.refuse("older kubelets send no headers with it in a hook")
	}
	var u url
	if r.refusal == "" {
		u = r.parse(r.urls[0], t)
	}
	if r.refusal == "" {
		r.check(a, u, t)
	}
	var get []field
	if r.refusal == "" {
		get = r.fields(u, t)
	}
	if r.refusal != "" {
		return Advice{Message: a.lacks(tool) + ", and httpGet is not its equal: " + t.shown(r.refusal) +
			": give the program an endpoint that httpGet can ask, or add a program for the check to the image"}, true
	}
	host, review := a.host(u.host, "httpGet", t)
	get = append(get, host...)
	return Advice{
		Message:     a.lacks(tool) + ": let the kubelet ask with httpGet",
		Review:      append(review, r.review(a, t)...),
		Notes:       r.notes(a, u, t),
		Replacement: &Replacement{[]field{{key: "httpGet", fields: get}}},
	}, true
}

func count(n int) string {
	if n == 0 {
		return "none"
	}
	return "several"
}

// url is a URL in the pieces that an httpGet has. Its texts may hold opaque runes.
type url struct {
	scheme, path string
	address
}

// parse takes a URL apart as curl does: http is its scheme where it has none.
func (r *request) parse(s string, t *texts) url {
	u := url{scheme: "http"}
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		u.scheme, s = strings.ToLower(scheme), rest
	}
	s, _, _ = strings.Cut(s, "#")
	end := strings.IndexAny(s, "/?")
	if end < 0 {
		end = len(s)
	}
	u.address, u.path = splitAddress(s[:end]), s[end:]
	if !strings.HasPrefix(u.path, "/") {
		u.path = "/" + u.path
	}
	if strings.Contains(u.host, "@") {
		r.refuse("the URL holds credentials")
	}
	if r.tool == "curl" && strings.ContainsAny(u.path, "{}[]") {
		r.refuse("the URL is a pattern for several")
	}
	return u
}

// check refuses what the kubelet can't ask for.
func (r *request) check(a Action, u url, t *texts) {
	_, known := t.filled(u.path)
	switch {
	case u.scheme != "http" && u.scheme != "https":
		r.refuse("its scheme is http or https, and " + t.shown(u.scheme) + " is neither")
	case u.scheme == "https" && a.hook():
		r.refuse("older kubelets send it without TLS in a hook")
	case u.host == "":
		r.refuse("the URL names no host")
	case !a.local(u.host, t):
		r.refuse("it asks the pod itself, and " + r.tool + " asks " + t.shown(u.host))
	case !known:
		r.refuse("the path " + t.shown(u.path) + " is known in the container only")
	}
}

// fields returns what httpGet holds.
func (r *request) fields(u url, t *texts) []field {
	path, _ := t.filled(u.path)
	fields := []field{text("path", path)}
	if u.port == "" {
		u.port = map[string]string{"http": "80", "https": "443"}[u.scheme]
	}
	digits, ok := port(u.port, t)
	if !ok {
		r.refuse("the port " + t.shown(u.port) + " is known in the container only")
	}
	fields = append(fields, number("port", digits))
	if u.scheme == "https" {
		fields = append(fields, text("scheme", "HTTPS"))
	}
	var headers [][]field
	for _, h := range r.headers {
		value, ok := t.filled(h[1])
		if !ok {
			r.refuse("the header " + h[0] + " is known in the container only")
		}
		headers = append(headers, []field{text("name", h[0]), text("value", value)})
	}
	if headers != nil {
		fields = append(fields, field{key: "httpHeaders", items: headers})
	}
	return fields
}

// review says what a person must check.
func (r *request) review(a Action, t *texts) []string {
	if r.means[fails] || a.hook() {
		return nil
	}
	return []string{"httpGet takes statuses from 200 to 399 as success, " + r.tool + " without -f takes any answer: check what the program answers"}
}

// notes says what differs without a check.
func (r *request) notes(a Action, u url, t *texts) []string {
	var notes []string
	if a.hook() && r.means[fails] {
		notes = append(notes, "in a hook httpGet takes any answer as success")
	}
	if u.scheme == "https" && !r.means[unverified] {
		notes = append(notes, "httpGet does not verify the certificate")
	}
	if r.limit != "" {
		notes = append(notes, r.tool+" gave up after "+t.shown(r.limit)+" seconds: timeoutSeconds bounds httpGet, and is 1 by default")
	}
	if r.means[head] {
		notes = append(notes, r.tool+" may have sent HEAD, httpGet sends GET")
	}
	return notes
}
