package transforms

import "shellfree/rewrite/invocation"

// Invert implements [invocation.Inverter] with Unwind.
func (v *Converter) Invert(t invocation.Target, inv invocation.Invocation) invocation.Invocation {
	u := v.Unwind(t, inv)
	inv.Words, inv.Stdout, inv.Stderr = u.Words, u.Stdout, u.Stderr
	return inv
}
