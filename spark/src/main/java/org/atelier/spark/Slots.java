package org.atelier.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks of a job run at a time. */
final class Slots {

    private static final int MOST_EXECUTORS = 1000;

    private Slots() {}

    /** The slots of the executors that are there, or that the job has asked for if those are more. */
    static int of(JavaSparkContext spark) {
        SparkConf conf = spark.getConf();
        int taskCpus = conf.getInt("spark.task.cpus", 1);
        int present = spark.defaultParallelism();
        int perExecutor = conf.getInt("spark.executor.cores", 1);
        int executors = conf.getBoolean("spark.dynamicAllocation.enabled", false)
                ? Math.min(conf.getInt("spark.dynamicAllocation.maxExecutors", MOST_EXECUTORS), MOST_EXECUTORS)
                : conf.getInt("spark.executor.instances", 0);
        int asked = Math.max(executors * perExecutor, conf.getInt("spark.cores.max", 0));
        return Math.max(1, Math.max(present, asked) / taskCpus);
    }
}
