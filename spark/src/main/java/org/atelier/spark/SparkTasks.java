package org.atelier.spark;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Runs tasks as jobs of Spark, several at a time. A job that Spark gives up is a result too. */
final class SparkTasks {

    /** Pools of the fair scheduler: a set is assembled before further slices start. */
    enum Pool {
        GENERATE,
        ASSEMBLE
    }

    private final JavaSparkContext spark;

    SparkTasks(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * Runs a task for each item, and waits.
     *
     * @return the first fault, or {@link TaskResult#DONE}
     * @throws JobException if the job was cancelled
     */
    <T> TaskResult run(String description, Pool pool, List<T> items, Function<T, TaskResult> task) {
        spark.setLocalProperty("spark.scheduler.pool", pool.name().toLowerCase(Locale.ROOT));
        spark.setJobDescription(description);
        try {
            return spark.parallelize(items, items.size()).map(task).collect().stream()
                    .filter(TaskResult::isFailed)
                    .findFirst()
                    .orElse(TaskResult.DONE);
        } catch (Exception e) {
            // Scala does not declare what it throws.
            if (Boolean.TRUE.equals(spark.sc().isStopped())) {
                throw new JobException("cancelled", "The job was cancelled.", e);
            }
            if (e instanceof SparkException) {
                return new TaskResult("engine_failed", sentence(e));
            }
            throw e;
        }
    }

    /** The last fault of the task that failed too often. */
    private static String sentence(Exception e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                String fault = firstLine(cause.getMessage() == null ? cause.toString() : cause.getMessage());
                return fault + (fault.endsWith(".") ? "" : ".") + " Spark has repeated the task without success.";
            }
        }
        return firstLine(String.valueOf(e.getMessage()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
