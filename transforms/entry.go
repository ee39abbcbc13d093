package transforms

import (
	"fmt"
	"path"
	"slices"
)

// checkFacts reports the first fact that an entry lacks or has wrong.
func (p Program) checkFacts() error {
	for _, pattern := range slices.Concat(p.Names, p.Images) {
		if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
			return fmt.Errorf("has the bad pattern %q: write a base name, with * at most", pattern)
		}
	}
	switch {
	case len(p.Names) == 0:
		return fmt.Errorf("has no names: name the executable")
	case !slices.Contains([]string{"klog", "component-base", "glog", "own", "stdout", "script"}, p.Logs):
		return fmt.Errorf("logs to %q: use klog, component-base, glog, own, stdout or script", p.Logs)
	case (p.Logs == "klog") != (p.Klog != nil):
		return fmt.Errorf("logs to %s: klog, and only klog, needs a klog section", p.Logs)
	case p.Klog == nil && p.Why == "":
		return fmt.Errorf("has no why: say why klog's flags are wrong")
	case p.Runner != nil && (!p.Runner.From.Known() || p.Runner.Path == "" || len(p.Images) == 0):
		return fmt.Errorf("has a runner without from, path or images: give all three")
	case p.Native != nil && (!p.Native.From.Known() || !p.Native.AutoFrom.Known() || len(p.Native.Flags) == 0):
		return fmt.Errorf("has native flags without from, autoFrom or flags: give all three")
	case p.ImageNeeded && len(p.Images) == 0:
		return fmt.Errorf("has imageNeeded and no images: name them")
	case p.BaseImage != nil && (p.BaseImage.Name == "" || p.BaseImage.Why == ""):
		return fmt.Errorf("has a baseImage without name or why: give both")
	}
	return p.Klog.checkFacts()
}

// checkFacts reports the first mistake in the klog section; there may be none.
func (k *KlogFlags) checkFacts() error {
	if k == nil {
		return nil
	}
	spellings := []string{k.Spelling}
	for _, s := range k.Spellings {
		spellings = append(spellings, s.Spelling)
	}
	for _, s := range spellings {
		if s != "dash" && s != "underscore" && s != "both" {
			return fmt.Errorf("spells klog's flags %q: use dash, underscore or both", s)
		}
	}
	for _, o := range k.Overrides {
		if o.Flag == "" {
			return fmt.Errorf("has an override without flag: write the flag, such as --logtostderr=true")
		}
	}
	return nil
}

// checkSources reports a fact without source. A user's own entries need none.
func (p Program) checkSources() error {
	missing := ""
	need := func(what, source string) {
		if source == "" && missing == "" {
			missing = what
		}
	}
	need("names", p.Source)
	if k := p.Klog; k != nil {
		need("klog section", k.Source)
		for _, s := range k.Spellings {
			need("spellings", s.Source)
		}
		for _, o := range k.Overrides {
			need("overrides", o.Source)
		}
		for _, r := range k.Remarks {
			need("klog remarks", r.Source)
		}
	}
	for _, r := range p.Remarks {
		need("remarks", r.Source)
	}
	if p.Runner != nil {
		need("runner", p.Runner.Source)
	}
	if p.Native != nil {
		need("native flags", p.Native.Source)
		for _, r := range p.Native.Remarks {
			need("native remarks", r.Source)
		}
	}
	if p.BaseImage != nil {
		need("baseImage", p.BaseImage.Source)
	}
	if missing != "" {
		return fmt.Errorf("has no source for its %s: say where the facts come from", missing)
	}
	return nil
}

// spellingOf returns how a version spells klog's flags.
func (k *KlogFlags) spellingOf(v Version) string {
	for _, s := range k.Spellings {
		if v.Known() && v.isWithin(s.From, s.Until) {
			return s.Spelling
		}
	}
	return k.Spelling
}

// overrideFlag returns the flag that a version sets itself after parsing; "" if
// none.
func (k *KlogFlags) overrideFlag(v Version) string {
	for _, o := range k.Overrides {
		if v.Known() && v.isWithin(o.From, o.Until) {
			return o.Flag
		}
	}
	return ""
}

// origin says where the entry's facts come from, for the evidence of a fix.
func (p Program) origin() string {
	if p.Origin != "" {
		return "configuration"
	}
	return "catalogue"
}
