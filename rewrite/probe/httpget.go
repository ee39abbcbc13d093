package probe

import "strings"

// adviseHTTPGet advises on curl and wget.
func (a Action) adviseHTTPGet(tool string, args []string, t *texts) (Advice, bool) {
	r := readRequest(tool, args)
	if len(r.urls) != 1 {
		r.setRefusal("it asks for one URL, and " + tool + " for " + countWord(len(r.urls)))
	}
	if a.isHook() && len(r.headers) > 0 {
		r.setRefusal("older kubelets send no headers with it in a hook")
	}
	var u url
	if r.refusal == "" {
		u = r.parseURL(r.urls[0], t)
	}
	if r.refusal == "" {
		r.checkURL(a, u, t)
	}
	var get []field
	if r.refusal == "" {
		get = r.httpGetFields(u, t)
	}
	if r.refusal != "" {
		return Advice{Message: a.lackMessage(tool) + ", and httpGet is not its equal: " + t.fileText(r.refusal) +
			": give the program an endpoint that httpGet can ask, or add a program for the check to the image"}, true
	}
	host, review := a.hostField(u.host, "httpGet", t)
	get = append(get, host...)
	return Advice{
		Message:     a.lackMessage(tool) + ": let the kubelet ask with httpGet",
		Review:      append(review, r.reviewItems(a, t)...),
		Notes:       r.notes(a, u, t),
		Replacement: &Replacement{[]field{{key: "httpGet", fields: get}}},
	}, true
}

// countWord returns a number other than 1 in words.
func countWord(n int) string {
	if n == 0 {
		return "none"
	}
	return "several"
}

// url holds the parts of a URL that an httpGet has. They may hold opaque runes.
type url struct {
	scheme, path string
	address
}

// parseURL splits a URL as curl does: without a scheme it is http.
func (r *request) parseURL(s string, t *texts) url {
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
		r.setRefusal("the URL holds credentials")
	}
	if r.tool == "curl" && strings.ContainsAny(u.path, "{}[]") {
		r.setRefusal("the URL is a pattern for several")
	}
	return u
}

// checkURL sets the refusal where the kubelet can't ask for a URL.
func (r *request) checkURL(a Action, u url, t *texts) {
	_, known := t.manifestText(u.path)
	switch {
	case u.scheme != "http" && u.scheme != "https":
		r.setRefusal("its scheme is http or https, and " + t.fileText(u.scheme) + " is neither")
	case u.scheme == "https" && a.isHook():
		r.setRefusal("older kubelets send it without TLS in a hook")
	case u.host == "":
		r.setRefusal("the URL names no host")
	case !a.isLocal(u.host, t):
		r.setRefusal("it asks the pod itself, and " + r.tool + " asks " + t.fileText(u.host))
	case !known:
		r.setRefusal("the path " + t.fileText(u.path) + " is known in the container only")
	}
}

// httpGetFields returns the fields of httpGet.
func (r *request) httpGetFields(u url, t *texts) []field {
	path, _ := t.manifestText(u.path)
	fields := []field{textField("path", path)}
	if u.port == "" {
		u.port = map[string]string{"http": "80", "https": "443"}[u.scheme]
	}
	digits, ok := portText(u.port, t)
	if !ok {
		r.setRefusal("the port " + t.fileText(u.port) + " is known in the container only")
	}
	fields = append(fields, numberField("port", digits))
	if u.scheme == "https" {
		fields = append(fields, textField("scheme", "HTTPS"))
	}
	var headers [][]field
	for _, h := range r.headers {
		value, ok := t.manifestText(h[1])
		if !ok {
			r.setRefusal("the header " + h[0] + " is known in the container only")
		}
		headers = append(headers, []field{textField("name", h[0]), textField("value", value)})
	}
	if headers != nil {
		fields = append(fields, field{key: "httpHeaders", items: headers})
	}
	return fields
}

// reviewItems returns the sentences that a person must check.
func (r *request) reviewItems(a Action, t *texts) []string {
	if r.means[failStatus] || a.isHook() {
		return nil
	}
	return []string{"httpGet takes statuses from 200 to 399 as success, " + r.tool + " without -f takes any answer: check what the program answers"}
}

// notes returns the differences that need no check.
func (r *request) notes(a Action, u url, t *texts) []string {
	var notes []string
	if a.isHook() && r.means[failStatus] {
		notes = append(notes, "in a hook httpGet takes any answer as success")
	}
	if u.scheme == "https" && !r.means[skipVerify] {
		notes = append(notes, "httpGet does not verify the certificate")
	}
	if r.limit != "" {
		notes = append(notes, r.tool+" gave up after "+t.fileText(r.limit)+" seconds: timeoutSeconds bounds httpGet, and is 1 by default")
	}
	if r.means[headOption] {
		notes = append(notes, r.tool+" may have sent HEAD, httpGet sends GET")
	}
	return notes
}
