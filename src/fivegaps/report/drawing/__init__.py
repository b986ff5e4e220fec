"""A small kit to draw charts as SVG: canvas, scales, lettering, label placement, colours."""
