package org.atelier.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What all tasks of a job have in common.
 *
 * @param worker how worker processes are started
 * @param out the folder of the batch, absolute
 * @param configuration of Hadoop's file systems
 */
record TaskSettings(WorkerSettings worker, String out, Broadcast<SerializableConfiguration> configuration)
        implements Serializable {}
