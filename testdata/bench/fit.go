package main

import "math"

// exponent returns the slope of the line through the logarithms of the points
// that the squares of the distances are least to: 1 where y grows in step with x,
// 2 where it grows with its square.
func exponent(x, y []float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for i := range x {
		a, b := math.Log(x[i]), math.Log(y[i])
		n, sx, sy, sxx, sxy = n+1, sx+a, sy+b, sxx+a*a, sxy+a*b
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}
