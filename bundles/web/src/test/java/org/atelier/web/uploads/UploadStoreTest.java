package org.atelier.web.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.set.SetRequest;
import org.atelier.audio.AudioFileReader;
import org.atelier.files.Sha256;
import org.atelier.web.data.DataFiles;
import org.atelier.web.http.ApiError;
import org.atelier.web.sets.FakeFormat;
import org.atelier.web.sets.FakeQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UploadStoreTest {

    private static final int MAX_FILES = 3;

    @TempDir
    private Path data;

    private final FakeQueue queue = new FakeQueue();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private UploadStore store;

    @BeforeEach
    void open() {
        AudioCheck audio = new AudioCheck();
        audio.files = new AudioFileReader(null);
        store = new UploadStore(
                new DataFiles(data),
                new JobFiles(queue, new FakeFormat()),
                audio,
                new UploadLimits(1 << 16, MAX_FILES, 1 << 20, Duration.ofDays(7), Duration.ofMinutes(10), 2),
                () -> now);
    }

    @Test
    void storesAnImageAsPngUnderItsHash() throws IOException {
        Upload upload = store.add(in(image("jpg", Color.RED)), "the upload");

        assertEquals(Upload.Kind.IMAGE, upload.kind());
        assertEquals(data.resolve("uploads").resolve(upload.sha256() + ".png"), upload.file());
        assertEquals(Sha256.of(upload.file()), upload.sha256());
        assertEquals(Files.size(upload.file()), upload.bytes());
        BufferedImage stored = ImageIO.read(upload.file().toFile());
        assertEquals(List.of(8, 4), List.of(stored.getWidth(), stored.getHeight()));
        assertEquals(List.of(8, 4), List.of(upload.width(), upload.height()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(upload.file())));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("uploads"))));
        assertEquals(1, files().size());
    }

    /** A script after the pixels, or in a text chunk, would reach whoever opens the file as a page. */
    @Test
    void keepsNothingButPixels() throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        image.write(image("png", Color.BLUE));
        image.write("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));

        Upload upload = store.add(in(image.toByteArray()), "the upload");

        assertFalse(Files.readString(upload.file(), StandardCharsets.ISO_8859_1).contains("script"));
    }

    @Test
    void storesTheSameImageOnce() throws IOException {
        Upload first = store.add(in(image("png", Color.BLUE)), "the upload");
        now = now.plus(Duration.ofHours(1));

        assertEquals(first, store.add(in(image("png", Color.BLUE)), "the upload"));
        assertEquals(1, files().size());
        assertEquals(now, Files.getLastModifiedTime(first.file()).toInstant());
    }

    @Test
    void storesAudioThatCanBeDecoded() {
        Upload upload = store.add(in(wave(8000, 8000)), "the upload");

        assertEquals(Upload.Kind.AUDIO, upload.kind());
        assertEquals(1.0, upload.seconds(), 0.01);
        assertEquals(upload.sha256() + ".audio", upload.file().getFileName().toString());
    }

    @Test
    void refusesWhatIsNoSoundFile() throws IOException {
        assertRefused(
                "the upload is truncated: it has 4000 of the 8000 samples declared in its header.",
                Arrays.copyOf(wave(8000, 8000), 44 + 4000));
        assertRefused("the upload: longer than 0 minutes of audio.", wave(8000, 3 * 8000));
        assertRefused("the upload contains no audio: its length is zero.", wave(8000, 0));
        assertRefused("the upload is not a supported audio file: use WAV", "hello".getBytes(StandardCharsets.UTF_8));
        assertRefused("An image must be PNG, JPEG or WebP.", "<svg/>".getBytes(StandardCharsets.UTF_8));
        assertRefused("the upload is not a supported audio file", new byte[0]);
        assertTrue(files().isEmpty());
    }

    @Test
    void refusesBombsAndDamagedImages() throws IOException {
        assertRefused("60000 x 60000 pixels are too many", bomb());
        assertRefused("the upload: a damaged PNG image.", Arrays.copyOf(image("png", Color.RED), 40));
        assertTrue(files().isEmpty());
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        ApiError error = assertThrows(ApiError.class, () -> store.add(in(new byte[(1 << 16) + 1]), "the upload"));

        assertEquals(413, error.status());
        assertTrue(files().isEmpty());
    }

    @Test
    void leavesNothingOfAnUploadThatBreaksOff() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("closed");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("closed");
            }
        };

        assertThrows(AtelierException.class, () -> store.add(broken, "the upload"));
        assertTrue(files().isEmpty());
    }

    @Test
    void removesTheLeastRecentlyUsedButNoneThatAJobNeeds() throws IOException {
        List<Upload> uploads = new ArrayList<>();
        for (Color color : List.of(Color.RED, Color.GREEN, Color.BLUE)) {
            uploads.add(store.add(in(image("png", color)), "the upload"));
            now = now.plus(Duration.ofMinutes(1));
        }
        ApiError recent = assertThrows(ApiError.class, () -> store.add(in(image("png", Color.PINK)), "the upload"));
        assertEquals(429, recent.status());
        now = now.plus(Duration.ofHours(1));
        queue.put(jobWith(uploads.get(0), Job.State.QUEUED));

        store.add(in(image("png", Color.PINK)), "the upload");

        assertTrue(Files.exists(uploads.get(0).file()));
        assertFalse(Files.exists(uploads.get(1).file()));
        assertTrue(Files.exists(uploads.get(2).file()));
        assertEquals(MAX_FILES, files().size());
    }

    @Test
    void removesOldFilesButNoneThatAJobNeeds() throws IOException {
        Upload needed = store.add(in(image("png", Color.RED)), "the upload");
        Upload old = store.add(in(image("png", Color.GREEN)), "the upload");
        queue.put(jobWith(needed, Job.State.RUNNING));
        now = now.plus(Duration.ofDays(8));

        store.add(in(image("png", Color.BLUE)), "the upload");

        assertTrue(Files.exists(needed.file()));
        assertFalse(Files.exists(old.file()));
        queue.put(jobWith(needed, Job.State.COMPLETED));
        now = now.plus(Duration.ofDays(8));
        store.add(in(image("png", Color.PINK)), "the upload");
        assertFalse(Files.exists(needed.file()));
    }

    /** A page that sends many pictures at once gets them all stored. */
    @Test
    void letsUploadsWaitForOthers() throws Exception {
        List<CompletableFuture<Upload>> arriving = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(4);
        CountDownLatch free = new CountDownLatch(1);
        for (int i = 0; i < 5; i++) {
            InputStream slow = new FilterInputStream(in(image("png", Color.RED))) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    begun.countDown();
                    try {
                        assertTrue(free.await(20, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return super.read(bytes, offset, length);
                }
            };
            arriving.add(CompletableFuture.supplyAsync(
                    () -> store.add(slow, "the upload"), work -> new Thread(work).start()));
        }
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        free.countDown();

        for (CompletableFuture<Upload> upload : arriving) {
            assertTrue(Files.exists(upload.get(20, TimeUnit.SECONDS).file()));
        }
        assertEquals(1, files().size());
    }

    @Test
    void removesWhatAKilledServerLeft() throws IOException {
        Files.writeString(data.resolve("uploads/1234.part"), "half");

        open();

        assertTrue(files().isEmpty());
    }

    private void assertRefused(String reason, byte[] content) {
        AtelierException refused = assertThrows(AtelierException.class, () -> store.add(in(content), "the upload"));
        assertEquals(AtelierException.Code.INPUT_UNREADABLE, refused.code());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("uploads"))) {
            return files.toList();
        }
    }

    private Job jobWith(Upload upload, Job.State state) {
        Job job = FakeQueue.job("one", state, data);
        return new Job(
                job.id(),
                job.client(),
                state,
                0,
                SetRequest.builder().prompts(upload.file().toString()).build(),
                job.output(),
                1,
                job.submitted(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    private static InputStream in(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static byte[] image(String format, Color color) throws IOException {
        BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, color.getRGB());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }

    /** A PNG whose header declares 60,000 x 60,000 pixels. */
    private static byte[] bomb() throws IOException {
        byte[] png = image("png", Color.RED);
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        return png;
    }

    /** Mono samples of 8 bits. */
    private static byte[] wave(int rate, int samples) {
        ByteBuffer wave = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wave.putShort((short) 1)
                .putShort((short) 1)
                .putInt(rate)
                .putInt(rate)
                .putShort((short) 1)
                .putShort((short) 8);
        wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples);
        return wave.array();
    }
}
