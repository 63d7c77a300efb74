package org.atelier.cli.services;

import java.io.InputStream;
import org.atelier.api.slice.SliceStudio;

/**
 * The services for a worker process.
 *
 * @param slices divides sets and generates slices
 * @param input standard input
 */
public record WorkerServices(SliceStudio slices, InputStream input) {}
