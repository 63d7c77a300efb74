package org.atelier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** Generates the sets of a campaign with Spark: the program of the driver. See docs/spark.md. */
public final class SparkJob {

    private final PrintStream out;
    private final PrintStream err;

    SparkJob(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the job and ends the process with the exit code of {@code atelier batch}. */
    public static void main(String[] arguments) {
        System.exit(new SparkJob(System.out, System.err).run(arguments, new SparkConf()));
    }

    /** Runs the job. @return the exit code */
    int run(String[] arguments, SparkConf conf) {
        try {
            JobOptions options = JobOptions.parse(arguments);
            Path campaign = Path.of(options.campaign()).toAbsolutePath();
            if (!Files.isRegularFile(campaign)) {
                throw new JobException("input_unreadable", campaign + " does not exist.");
            }
            if (!conf.contains("spark.master")) {
                throw new JobException("invalid_request", "The job is started by spark-submit.\n" + JobOptions.USAGE);
            }
            conf.setIfMissing("spark.app.name", "Atelier " + campaign.getFileName());
            conf.setIfMissing("spark.scheduler.mode", "FAIR");
            try (JavaSparkContext spark = new JavaSparkContext(conf);
                    LocalFolder folder = LocalFolder.create()) {
                return run(options, campaign, spark, folder.path());
            } finally {
                WorkerPool.shared().closeIdle();
            }
        } catch (JobException e) {
            e.getMessage().lines().forEach(line -> err.println("error: " + line));
            return ExitCodes.of(e.code());
        } catch (IOException e) {
            err.println("error: " + (e.getMessage() == null ? e : e.getMessage()));
            return ExitCodes.of("output_unwritable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.of("cancelled");
        }
    }

    private int run(JobOptions options, Path campaign, JavaSparkContext spark, Path folder)
            throws IOException, InterruptedException {
        int threads =
                options.threads() != null ? options.threads() : spark.getConf().getInt("spark.task.cpus", 1);
        WorkerSettings worker = new WorkerSettings(options.home(), threads);
        OutputStore store = OutputStore.open(options.out(), spark.hadoopConfiguration());
        StoredPlan earlier = StoredPlan.read(store);
        if (earlier.threads() != null && earlier.threads() != threads) {
            throw new JobException(
                    "output_unwritable",
                    "The batch in %s was started with %d threads; some pixels depend on it. Give --threads %d, or choose another folder."
                            .formatted(store.uri(), earlier.threads(), earlier.threads()));
        }
        List<CampaignSet> resolved = resolve(campaign, worker);
        int slots = Slots.of(spark);
        CampaignPlan plan =
                CampaignPlan.of(resolved, earlier, store, new SlicePlanner(slots, options.imagesPerSlice()));
        InputFiles inputs = InputFiles.ship(plan.pending(), folder, spark);
        String attempt = spark.sc().applicationId() + "-driver";
        earlier.write(plan, threads, store, attempt);

        DoneSlices done = new DoneSlices();
        spark.sc().register(done, "stored slices");
        TaskSettings settings = new TaskSettings(
                worker, store.uri(), spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())));
        SparkTasks tasks = new SparkTasks(spark);
        SetRun run = new SetRun(tasks, settings, new Inversions(tasks, settings, store, inputs), inputs, done);
        Map<String, TaskResult> ended;
        try (ProgressReporter progress = new ProgressReporter(plan, done, err)) {
            ended = new CampaignRun(plan, run, new BatchRecord(plan, threads, store, attempt), progress, slots).run();
        }
        return report(plan, ended, store, attempt);
    }

    private static List<CampaignSet> resolve(Path campaign, WorkerSettings settings)
            throws IOException, InterruptedException {
        ObjectNode command = Json.object();
        command.put("command", "resolve");
        command.put("campaign", campaign.toString());
        try (WorkerProcess worker = WorkerProcess.start(settings, () -> false)) {
            JsonNode result = worker.run(command, () -> false);
            List<CampaignSet> sets = new ArrayList<>();
            result.path("sets").forEach(set -> sets.add(CampaignSet.read(set)));
            return sets;
        } catch (WorkerErrorException e) {
            throw new JobException(e.code(), e.getMessage(), e);
        } catch (WorkerDiedException e) {
            throw new JobException("engine_failed", e.getMessage(), e);
        }
    }

    private int report(CampaignPlan plan, Map<String, TaskResult> ended, OutputStore store, String attempt)
            throws IOException {
        store.deleteTemporary(attempt);
        List<TaskResult> failed = plan.pending().stream()
                .map(set -> ended.get(set.name()))
                .filter(TaskResult::isFailed)
                .toList();
        if (failed.isEmpty()) {
            // What killed attempts and finished sets have left.
            store.delete(OutputStore.WORK + "/temporary");
            store.delete(OutputStore.WORK + "/inversions");
            store.delete(OutputStore.WORK + "/slices");
        }
        out.println("%d of %d sets are complete."
                .formatted(plan.sets().size() - failed.size(), plan.sets().size()));
        out.println(store.uri());
        return failed.isEmpty() ? 0 : ExitCodes.of(failed.get(0).code());
    }
}
