package org.atelier.diffusion.window;

/**
 * What runs through the network as one image of a batch: a whole image of a set, or one of its windows.
 *
 * @param number counts the views of a set, from 0
 * @param image index of the image in the set
 * @param window its part of the image
 */
public record View(int number, int image, Window window) {}
