/**
 * A job for Apache Spark that generates the sets of a campaign on many machines.
 *
 * <p>{@link org.atelier.spark.SparkJob} is the driver's program. It resolves the campaign by a worker process of its own, divides
 * each set into slices ({@link org.atelier.spark.SlicePlanner}) and runs each set ({@link org.atelier.spark.SetRun}): a task that
 * inverts its references, a task for each slice, a task that assembles them. A task talks to a worker process of its executor
 * ({@link org.atelier.spark.WorkerProcess}), which loads native code and model once.
 */
package org.atelier.spark;
