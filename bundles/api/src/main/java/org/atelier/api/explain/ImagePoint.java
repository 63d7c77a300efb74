package org.atelier.api.explain;

/**
 * A place in an image.
 *
 * @param x from 0 (left) to 1
 * @param y from 0 (top) to 1
 */
public record ImagePoint(double x, double y) {}
