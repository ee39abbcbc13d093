package main

import (
	"math"
	"testing"
)

func TestExponent(t *testing.T) {
	x := []float64{1, 10, 100, 1000}
	for _, want := range []float64{0, 1, 2, 1.5} {
		var y []float64
		for _, v := range x {
			y = append(y, 7*math.Pow(v, want))
		}
		if got := exponent(x, y); math.Abs(got-want) > 1e-9 {
			t.Errorf("x^%g has exponent %g", want, got)
		}
	}
}
