package org.atelier.web.uploads;

import java.time.Duration;

/**
 * The bounds of the stored uploads.
 *
 * @param fileBytes of one upload, as it is sent and as it is stored
 * @param files that are stored
 * @param totalBytes of all stored files
 * @param age after which a file that no waiting or running job names is removed
 * @param grace during which no file is removed to free space: its request may be on its way
 * @param audioSeconds of one upload
 */
record UploadLimits(long fileBytes, int files, long totalBytes, Duration age, Duration grace, int audioSeconds) {

    static final UploadLimits DEFAULT =
            new UploadLimits(64L << 20, 1000, 2L << 30, Duration.ofDays(7), Duration.ofMinutes(10), 3600);
}
