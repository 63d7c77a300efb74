package org.atelier.cli.services;

import org.atelier.api.batch.BatchFormat;
import org.atelier.api.batch.BatchRunner;

/**
 * The services for batches.
 *
 * @param format reads campaign files
 * @param runner generates the sets of a batch
 */
public record BatchServices(BatchFormat format, BatchRunner runner) {}
