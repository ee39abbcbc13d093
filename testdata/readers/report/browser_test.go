package report_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser returns a page of a headless Chromium in which nothing may go wrong.
// Without Chromium the test is skipped, or fails with REQUIRE_CHROMIUM=1.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("REQUIRE_CHROMIUM") == "1" {
			t.Fatal(err)
		}
		t.Skip("no chromium: install it to see the HTML report as people do")
	}
	profile, err := os.MkdirTemp("", "chromium") // t.TempDir fails where a browser still ends
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(profile) })
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.WindowSize(1200, 900),
	})
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, end := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(end)
	watch(t, ctx)
	return ctx
}

// watch fails the test for each error of the page's console, those of its
// Content-Security-Policy included.
func watch(t *testing.T, ctx context.Context) {
	var mutex sync.Mutex
	var wrong []string
	chromedp.ListenTarget(ctx, func(event any) {
		mutex.Lock()
		defer mutex.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			wrong = append(wrong, e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			wrong = append(wrong, fmt.Sprintf("console.%s", e.Type))
		case *log.EventEntryAdded:
			wrong = append(wrong, e.Entry.Text)
		}
	})
	t.Cleanup(func() {
		mutex.Lock()
		defer mutex.Unlock()
		for _, w := range wrong {
			t.Errorf("the page complains: %s", w)
		}
	})
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	var value T
	do(t, ctx, chromedp.Evaluate(script, &value))
	return value
}

// open writes a report and shows it.
func open(t *testing.T, ctx context.Context, r *run) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, write(t, named(t, "html"), r), 0o644); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, log.Enable(), chromedp.Navigate("file://"+file), chromedp.WaitVisible("#filters", chromedp.ByQuery))
}

// shown counts the findings that can be seen.
func shown(t *testing.T, ctx context.Context) int {
	t.Helper()
	n := eval[int](t, ctx, `[...document.querySelectorAll(".finding")].filter(f => f.checkVisibility()).length`)
	if said := eval[string](t, ctx, `document.getElementById("shown").textContent`); !strings.HasPrefix(said, fmt.Sprintf("%d of ", n)) {
		t.Errorf("%d are shown, the page says %q", n, said)
	}
	return n
}

// many returns 1,000 findings: of four, one is a safe fix, two are for review
// and one is an obstacle, in ten images.
func many() []manifest {
	var all []manifest
	for i := range 250 {
		all = append(all, manifest{fmt.Sprintf("cluster/pod-%03d.yaml", i), fmt.Sprintf(`kind: Pod
metadata: {name: pod-%d}
spec:
  containers:
  - {name: safe, image: "example.com/web:%[2]d", command: [sh, -c, exec /web]}
  - {name: later, image: "registry.k8s.io/kube-scheduler:latest", command: [sh, -c, kube-scheduler --v=2 >>/var/log/s.log 2>&1]}
  - {name: merged, image: "example.com/web:%[2]d", command: [sh, -c, exec /web 2>&1]}
  - {name: pipe, image: "example.com/web:%[2]d", command: [sh, -c, dmesg | grep oom]}
  - {name: quiet, image: "example.com/quiet:1", command: [/web]}
`, i, i%9)})
	}
	return all
}

// TestBrowser uses the page as people do, at 1,000 findings.
func TestBrowser(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, reportOf(t, many()))
	count := func(what string, want int) {
		t.Helper()
		if got := shown(t, ctx); got != want {
			t.Errorf("%s: %d findings are shown, not %d", what, got, want)
		}
	}
	option := func(name, value string) string {
		return eval[string](t, ctx, fmt.Sprintf(`document.querySelector('select[name=%s] option[value=%q]').textContent`, name, value))
	}
	count("at first", 1000)
	do(t, ctx, chromedp.SendKeys("select[name=status]", "obstacle", chromedp.ByQuery))
	count("obstacles", 250)
	if got := option("rule", "SF202"); got != "SF202 pipeline (250)" {
		t.Errorf("of the obstacles the rule says %q", got)
	}
	if got := option("rule", "SF101"); got != "SF101 exec-form (0)" {
		t.Errorf("of the obstacles the rule says %q", got)
	}
	do(t, ctx, chromedp.SendKeys("select[name=image]", "example.com/web:3", chromedp.ByQuery))
	count("obstacles of an image", 28)
	do(t, ctx, chromedp.Click("button[type=reset]", chromedp.ByQuery), chromedp.Poll(`document.getElementById("shown").textContent === "1000 of 1000 shown"`, nil))
	count("after the button", 1000)
	do(t, ctx, chromedp.SendKeys("input[type=search]", "POD-123", chromedp.ByQuery))
	count("with a text", 4)
	do(t, ctx, chromedp.SendKeys("input[type=search]", " nothing", chromedp.ByQuery))
	count("with a text that is nowhere", 0)
	if !eval[bool](t, ctx, `document.getElementById("nothing").checkVisibility()`) {
		t.Error("the page doesn't say that nothing fits")
	}
}

// TestBrowserChecklist ticks a review off; the tick is there when the page is
// read again. A rule's link opens its page.
func TestBrowserChecklist(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, reportOf(t, many()[:2]))
	ticked := `[...document.querySelectorAll(".review input")].map(i => i.checked ? 1 : 0).join("")`
	before := eval[string](t, ctx, ticked)
	do(t, ctx, chromedp.Click(".review label span", chromedp.ByQuery), chromedp.Poll(ticked+` !== "`+before+`"`, nil),
		chromedp.Reload(), chromedp.WaitVisible("#filters", chromedp.ByQuery), chromedp.Poll(ticked+` !== "`+before+`"`, nil))
	after := eval[string](t, ctx, ticked)
	if strings.Contains(before, "1") || after != "1"+before[1:] {
		t.Errorf("ticks were %s, and are %s when the page is read again", before, after)
	}
	do(t, ctx, chromedp.Click(`.finding a[href="#rule-SF101"]`, chromedp.ByQuery), chromedp.WaitVisible(`#rule-SF101[open]`, chromedp.ByQuery))
}

// TestBrowserThemes asserts in both themes that all text can be read (WCAG 2.1,
// 1.4.3: a contrast of 4.5 to 1). SHELLFREE_SCREENSHOTS names a folder for
// pictures of them.
func TestBrowserThemes(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, reportOf(t, append(many()[:1], demo(t)...)))
	for _, theme := range []string{"light", "dark"} {
		do(t, ctx, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}))
		for _, bad := range eval[[]string](t, ctx, contrastScript) {
			t.Errorf("%s: hard to read: %s", theme, bad)
		}
		if dark := eval[float64](t, ctx, `+getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]`) < 128; dark != (theme == "dark") {
			t.Errorf("%s: the page is not", theme)
		}
		if dir := os.Getenv("SHELLFREE_SCREENSHOTS"); dir != "" {
			var picture []byte
			do(t, ctx, chromedp.FullScreenshot(&picture, 100))
			if err := os.WriteFile(filepath.Join(dir, theme+".png"), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// contrastScript returns the elements whose text has too little contrast.
const contrastScript = `(() => {
  const parse = c => c.match(/[\d.]+/g).map(Number);
  const light = c => {
    const [r, g, b] = parse(c).map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (parse(c)[3] !== 0) return c;
    }
    return "rgb(255,255,255)";
  };
  const bad = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5 && e.tagName !== "SCRIPT") bad.add(e.tagName + "." + e.className + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return [...bad];
})()`

// demo returns the bundled examples.
func demo(t *testing.T) []manifest {
	t.Helper()
	paths, err := filepath.Glob("../../demo/*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	var all []manifest
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, manifest{filepath.Base(path), string(text)})
	}
	return all
}
