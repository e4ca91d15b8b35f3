"""Charts as SVG, in the look of printed reports: columns, bars, lines, areas, points, pies and radars.

In: a plot, or the series of a pie, and a canvas. Out: an SVG file. Columns are grey, with their values above them;
there is no grid, and a legend is below if there are several series. With patterns the series differ in hatching, dashes
and marks too, so that nobody must compare shades. A mirrored chart is read from the right. Letters are text in the
drawing, so that they are drawn with the fonts of the page.
"""
