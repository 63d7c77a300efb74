package org.atelier.queue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.region.Region;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCardFile;
import org.atelier.text.ByteCount;

/**
 * Checks whether the disks have space for a set: for its files in the output folder, and for the journal and copies of its input
 * files in the data folder. A set that began on a full disk would fail.
 */
final class DiskSpaceCheck {

    /** Bytes that do not depend on the request: journals, the contact sheet, the record of the set. */
    private static final long FIXED = 1 << 20;

    /** Bytes per pixel of an image: the file and its temporary file, at most three each, and its latents and their history. */
    private static final long PER_PIXEL = 8;

    /** A reference has latents of four channels of 32 bits for every 64 pixels at each step, in a file and a temporary file. */
    private static final long PIXELS_PER_BYTE_OF_A_STEP = 2;

    /** Finds the disk of a folder that exists. */
    interface Disks {
        Disk of(Path folder) throws IOException;
    }

    /**
     * A disk.
     *
     * @param id equal for two folders of one disk
     * @param free bytes that this process may use
     */
    record Disk(Object id, long free) {}

    private final Path data;
    private final Disks disks;

    /** @param data the data folder */
    DiskSpaceCheck(Path data) {
        this(data, folder -> {
            FileStore store = Files.getFileStore(folder);
            return new Disk(store, store.getUsableSpace());
        });
    }

    DiskSpaceCheck(Path data, Disks disks) {
        this.data = data;
        this.disks = disks;
    }

    /** Returns which disk has too little space for the job, in one sentence; empty if all have enough. */
    Optional<String> shortage(JobRecord job) {
        SetRequest request = job.submission().request();
        try {
            Map<Object, Long> needed = new LinkedHashMap<>();
            for (Path folder : new Path[] {job.submission().output().folder(), data}) {
                Disk disk = disks.of(CanonicalPath.of(folder).existing());
                long more = FIXED + (folder.equals(data) ? inputs(request) : files(request));
                long all = needed.merge(disk.id(), more, Long::sum);
                if (disk.free() < all) {
                    return Optional.of("Waiting for space on the disk of %s: it has %s, and the set may need %s."
                            .formatted(folder, ByteCount.of(disk.free()), ByteCount.of(all)));
                }
            }
        } catch (IOException e) {
            // The studio reports a folder that cannot be read.
        }
        return Optional.empty();
    }

    private static long files(SetRequest request) {
        long images = IntStream.range(0, request.items().size())
                .mapToObj(item -> request.itemOf(request.firstGenerated() + item))
                .mapToLong(DiskSpaceCheck::pixels)
                .sum();
        long reference = pixels(request.sampling().width(), request.sampling().height());
        long references = request.references().images().size() * reference;
        long steps =
                request.inversion().steps() == null ? 0 : request.inversion().steps();
        long contents = request.references().contents().isEmpty() ? 0 : images;
        return (images + references) * PER_PIXEL + (references + contents) * steps / PIXELS_PER_BYTE_OF_A_STEP;
    }

    private static long pixels(SetItem item) {
        return pixels(item.width(), item.height());
    }

    private static long pixels(Integer width, Integer height) {
        return width == null || height == null ? 0 : (long) width * height;
    }

    /** Returns the size of all input files; an input that is not a file counts as 0. */
    private static long inputs(SetRequest request) {
        Stream<String> contexts = request.contexts().inputs().stream().map(ContextInput::input);
        Stream<String> references = request.references().images().stream().map(ReferenceFile::file);
        Stream<String> contents = request.references().contents().stream().map(ImageFile::file);
        Stream<String> controls = request.controls().images().stream().map(ControlInput::file);
        Stream<String> cards = Stream.ofNullable(request.card()).map(StyleCardFile::file);
        Stream<String> initImages = Stream.of(
                        request.initImages().images(), request.initImages().masks())
                .flatMap(List::stream)
                .map(ImageFile::file);
        Stream<String> regions = request.regions().list().stream().map(Region::mask);
        return Stream.of(contexts, references, contents, controls, initImages, regions, cards)
                .flatMap(files -> files)
                .distinct()
                .mapToLong(DiskSpaceCheck::size)
                .sum();
    }

    private static long size(String input) {
        try {
            Path file = Path.of(input);
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException | InvalidPathException e) {
            return 0;
        }
    }
}
